/** A number as its country writes it: 58 555 01 01, 600 555 101, (718) 555-0101. Anything else stays as it is. */
export function nationalNumber(e164) {
  const us = e164.match(/^\+1(\d{3})(\d{3})(\d{4})$/)
  if (us) return `(${us[1]}) ${us[2]}-${us[3]}`
  const mobile = e164.match(/^\+48([5-8]\d{2})(\d{3})(\d{3})$/)
  if (mobile && /^\+48(5[0137]|6|7[2389]|88)/.test(e164)) return `${mobile[1]} ${mobile[2]} ${mobile[3]}`
  const pl = e164.match(/^\+48(\d{2})(\d{3})(\d{2})(\d{2})$/)
  return pl ? `${pl[1]} ${pl[2]} ${pl[3]} ${pl[4]}` : e164
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** “5 hours ago”, “yesterday”, “3 weeks ago”. */
export function ago(hours) {
  if (hours < 24) return relative.format(-Math.round(hours), 'hour')
  const days = Math.round(hours / 24)
  return days < 14 ? relative.format(-days, 'day') : relative.format(-Math.round(days / 7), 'week')
}
