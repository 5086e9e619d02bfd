/** One thing that the switchboard's HTTP server can be asked. No framework: whoever owns the server mounts these. */
export interface Asked {
  /** The `:name` parts of the path. */
  params: Record<string, string>
  query: URLSearchParams
  /** Parsed JSON, undefined where nothing was sent. */
  body: unknown
}

export type Answer = { status: number; json: unknown } | { status: number; bytes: Uint8Array; type: string }

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** A path with `:name` parts, such as /control/callers/:id. */
  path: string
  /** May throw a RequestError, and then answers with its status and words; any other error is a fault of ours. */
  handle(asked: Asked): Promise<Answer>
}

/** What was asked makes no sense; the message is for a person. */
export class RequestError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Lets a route answer its RequestErrors as `{error}` in JSON, so that the server needs to know nothing of them. */
export const answerErrors = (route: Route): Route => ({
  ...route,
  handle: async (asked) => {
    try {
      return await route.handle(asked)
    } catch (error) {
      if (error instanceof RequestError) return { status: error.status, json: { error: error.message } }
      throw error
    }
  },
})
