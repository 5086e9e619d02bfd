import { randomBytes } from 'node:crypto'

/** A Twilio sid: two letters and 32 hexadecimal digits. */
export const makeSid = (prefix: string): string => prefix + randomBytes(16).toString('hex')
