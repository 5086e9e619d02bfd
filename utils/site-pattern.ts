/** Sites as the browser's permissions name them. Pure. */

/**
 * The origin of an address where the overlay can work, such as `https://crm.example`; null for pages that are no site (files, the browser's own).
 * Also takes what a person types: `crm.example/contacts` is https.
 */
export function originOf(address: string): string | null {
  const text = address.trim()
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(full)) return null
  const { protocol, hostname, origin } = new URL(full)
  return /^https?:$/.test(protocol) && hostname ? origin : null
}

/**
 * The match pattern of a site: this scheme and host, no subdomain. Chrome's patterns may name a port; Firefox refuses one and means all ports.
 * Null where `originOf` is.
 */
export function patternFor(address: string, ports = true): string | null {
  const origin = originOf(address)
  if (!origin) return null
  const { protocol, hostname } = new URL(origin)
  return ports ? `${origin}/*` : `${protocol}//${hostname}/*`
}

/** The site of a pattern that `patternFor` made; null for wider ones (every site), which we never ask for. */
export function siteOf(pattern: string): string | null {
  return pattern.endsWith('/*') && !pattern.slice(0, -2).includes('*') ? originOf(pattern.slice(0, -2)) : null
}
