/** `fetch` that gives up on somebody who is silent, not on a line that is slow: a voicemail may take minutes as long as it comes. */

export interface Answer {
  ok: boolean
  status: number
  headers: Headers
  body: Uint8Array<ArrayBuffer>[]
}

export interface Asked extends Omit<RequestInit, 'signal'> {
  body?: string
}

/** What is sent shows no progress, so a request is given time for its size: this many bytes in a millisecond, a bad mobile line. */
const SENT_PER_MS = 32

/** Rejects as `fetch` does, also where the answer stops in its middle. `silence`: milliseconds without a byte. */
export async function patientFetch(url: URL, asked: Asked, silence: number): Promise<Answer> {
  const end = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (milliseconds: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => end.abort(), milliseconds)
  }
  try {
    wait(silence + (asked.body?.length ?? 0) / SENT_PER_MS)
    const response = await fetch(url, { ...asked, signal: end.signal })
    const { ok, status, headers } = response
    const body: Answer['body'] = []
    const reader = response.body?.getReader()
    for (;;) {
      wait(silence)
      const piece = await reader?.read()
      if (!piece || piece.done) return { ok, status, headers, body }
      body.push(piece.value)
    }
  } finally {
    clearTimeout(timer)
  }
}

/** The answer as JSON; undefined where it is none. */
export function jsonOf({ body }: Answer): unknown {
  const decoder = new TextDecoder()
  try {
    return JSON.parse(body.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode())
  } catch {
    return undefined
  }
}

export const blobOf = ({ body, headers }: Answer): Blob => new Blob(body, { type: headers.get('content-type') ?? '' })
