import type { Command, Failure } from '../utils/messages.ts'

/** What a component may ask of the page that shows it. */
export interface Actions {
  /** Resolves with the result; rejects with Failed (utils/view.ts). */
  send: (command: Command) => Promise<unknown>
  /** Says a command and shows by itself what failed. */
  tell: (command: Command) => void
  /** For acts that need a trusted event on a surface that has been visible (DESIGN 7.1): answer, decline, hang up. */
  press: (event: Event, command: Command) => void
  /** A finger is down on Answer: changes nothing on the screen, or the button would move away under it. */
  reach: (event: Event, callId: string) => void
  /** Opens the desk page at a path such as `/threads/…`. */
  open: (path: string) => void
  /** What failed last. */
  failure: Failure | null
}
