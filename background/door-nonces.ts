/**
 * Which iframes in pages are ours. A page may learn the address of the iframe that we put in and embed the same again, to place it where
 * the person is lured to press. So each mount has a nonce of its own, good for one tab and for the first document that comes with it.
 */
export interface Nonce {
  tabId: number
  /** The document that used it; null: not yet. */
  document: string | null
  /** Px that the pilot in it asked for. */
  height: number | null
}

export type Nonces = Record<string, Nonce>

/** As much of a port's sender as the decision needs. */
export interface FrameSender {
  url?: string | undefined
  tab?: { id?: number | undefined } | undefined
  frameId?: number | undefined
  documentId?: string | undefined
}

/** The nonce in the address of our iframe. */
export const nonceIn = ({ url }: FrameSender): string => (url && new URL(url).searchParams.get('nonce')) || ''

/**
 * Whether this frame may speak. Marks the nonce as used. The pilot is never a tab or a window: a page that opens it as one, to bring it under the
 * person's next press, gets nothing.
 */
export function admit(nonces: Nonces, sender: FrameSender): boolean {
  const nonce = nonceIn(sender)
  if (sender.frameId === 0) return false
  const known = Object.hasOwn(nonces, nonce) ? nonces[nonce] : undefined
  // Firefox gives no documentId; there a frame that is loaded anew keeps its frameId, but the door then has a new nonce.
  const document = sender.documentId ?? String(sender.frameId)
  if (!known || known.tabId !== sender.tab?.id || (known.document !== null && known.document !== document)) return false
  known.document = document
  return true
}
