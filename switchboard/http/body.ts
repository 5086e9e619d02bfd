import type { IncomingMessage } from 'node:http'

const MOST_BYTES = 64 * 1024 * 1024

/** A request's whole body. Rejects where it is larger than 64 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > MOST_BYTES) throw new Error(`the request is larger than ${MOST_BYTES} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
