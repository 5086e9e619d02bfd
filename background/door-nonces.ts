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

/** The nonce in the address of our iframe; null in a page of ours that is no iframe (a tab or window of its own). */
export const nonceIn = ({ url, frameId }: FrameSender): string | null =>
  frameId === 0 || !url ? null : (new URL(url).searchParams.get('nonce') ?? '')

/** Whether this frame may speak. Marks the nonce as used. An own tab or window of ours may always: no page can be around it. */
export function admit(nonces: Nonces, sender: FrameSender): boolean {
  const nonce = nonceIn(sender)
  if (nonce === null) return true
  const known = Object.hasOwn(nonces, nonce) ? nonces[nonce] : undefined
  // Firefox gives no documentId; there a frame that is loaded anew keeps its frameId, but the door then has a new nonce.
  const document = sender.documentId ?? String(sender.frameId)
  if (!known || known.tabId !== sender.tab?.id || (known.document !== null && known.document !== document)) return false
  known.document = document
  return true
}
