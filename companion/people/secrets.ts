import { createHash, randomBytes } from 'node:crypto'

/** 256 bit, for links, tokens and tickets. Only its hash is stored: who reads the database cannot use it. */
export const makeSecret = () => randomBytes(32).toString('base64url')

/** sha256, hex. No salt and no stretching: there is nothing to guess in 256 random bits. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')
