import type { Command } from '../utils/messages.ts'

/** What a component may ask of the page that shows it. */
export interface Actions {
  /** Rejects with Failed (utils/view.ts). */
  send: (command: Command) => Promise<unknown>
  /** For acts that need a trusted event on a surface that has been visible (DESIGN 7.1): answer, decline, hang up. */
  press: (event: Event, command: Command) => void
  /** Opens the desk page at a path such as `/threads/…`. */
  open: (path: string) => void
}

/** Says a command whose failure the next snapshot shows anyway. */
export function tell(actions: Actions, command: Command): void {
  actions.send(command).catch(() => {})
}
