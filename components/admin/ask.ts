/** What an admin's pages ask of the companion, and how they hear a greeting. The pages know nothing of ports: the gallery answers too. */
import type { AdminRouteName, Failure, Snapshot } from '../../utils/messages.ts'
import type { AdminBody, AdminReply } from '../../utils/protocol/admin-routes.ts'

export type Reply<N extends AdminRouteName> = AdminReply<N>
export type Body<N extends AdminRouteName> = AdminBody<N>

/** Rejects with Failed (utils/view.ts). `params` fill the route's path. */
export type Ask = <N extends AdminRouteName>(
  route: N,
  params: Record<string, string>,
  body: Body<N>,
  query?: Record<string, string>,
) => Promise<Reply<N>>

export interface Admin {
  ask: Ask
  /** Of the desk page, such as `/channels`. */
  go: (path: string) => void
  listening: Snapshot['listening']
  /** A call goes on here: nothing can be listened to meanwhile. */
  inCall: boolean
  listen: (ticket: string) => void
  stopListening: () => void
  /** Whoever is signed in. */
  userId: string
}

/** What a rejected `ask` means. */
export const failureOf = (error: unknown): Failure =>
  error instanceof Error && 'failure' in error ? (error.failure as Failure) : { code: 'internal' }
