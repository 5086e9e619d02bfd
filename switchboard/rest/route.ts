import type { Room } from '../room.ts'

/** One REST request that was let in. */
export interface RestRequest {
  room: Room
  /** The `:name` parts of the path. */
  params: Record<string, string>
  /** The query of a GET, the form of a POST. */
  input: URLSearchParams
  /** Path and query as asked, for page addresses. */
  uri: string
}

export type RestReply = { status: number; json: unknown } | { status: 204 } | { status: 200; bytes: Buffer; type: string }

export interface RestRoute {
  method: 'GET' | 'POST' | 'DELETE'
  /** Below `/2010-04-01/Accounts/:account`, such as `/Calls/:sid.json`. */
  path: string
  handle(request: RestRequest): RestReply | Promise<RestReply>
}

export const ok = (json: unknown): RestReply => ({ status: 200, json })
export const created = (json: unknown): RestReply => ({ status: 201, json })
export const gone: RestReply = { status: 204 }

/** The account's part of every resource's `uri`. */
export const accountUri = (room: Room) => `/2010-04-01/Accounts/${room.store.data.accountSid}`
