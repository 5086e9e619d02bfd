import { validateRequest } from './package.ts'

/** A request as it came. `path` is with its query, as sent; `form` is the decoded body. */
export interface SignedRequest {
  signature: string | undefined
  path: string
  form: Record<string, string>
}

/**
 * Whether Twilio sent this: its own library compares the signature with the configured public address, never with the Host header, which
 * whoever sends the request chooses.
 */
export function isSigned(authToken: string, publicUrl: string, { signature, path, form }: SignedRequest): boolean {
  return signature !== undefined && validateRequest(authToken, signature, publicUrl + path, form)
}
