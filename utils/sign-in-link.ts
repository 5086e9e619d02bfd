/** A sign-in link: `https://companion/…#secret`. */
import { RingsideError } from './protocol/errors.ts'

/** Takes a pasted link apart. Throws bad_link. Plain http is for a companion on this machine or in a test network: the browser decides what it allows. */
export function parseSignInLink(text: string): { address: string; secret: string } {
  const link = URL.parse(text.trim())
  const secret = link?.hash.slice(1) ?? ''
  if (!link || !/^https?:$/.test(link.protocol) || !/^[\w-]{20,200}$/.test(secret)) throw new RingsideError('bad_link')
  return { address: link.origin, secret }
}
