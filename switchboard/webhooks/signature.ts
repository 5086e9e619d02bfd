import { createHmac } from 'node:crypto'

/**
 * `X-Twilio-Signature`: base64 of HMAC-SHA1 over the full URL followed by each form field's name and value, sorted by name.
 * For GET the fields are in the URL and none follow it.
 */
export function signWebhook(authToken: string, url: string, fields: Record<string, string>): string {
  const data = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name], url)
  return createHmac('sha1', authToken).update(data, 'utf8').digest('base64')
}
