/** Raised whenever a side of the old version would misread one of the new. Sent with every request and in the socket's `hello`. */
export const PROTOCOL_VERSION = 2

/** Request and response header that carries PROTOCOL_VERSION. */
export const PROTOCOL_HEADER = 'ringside-protocol'
