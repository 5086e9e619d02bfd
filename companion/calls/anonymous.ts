import { E164, type PartyNumber } from '../../utils/protocol/index.ts'

/** What Twilio gives instead of a withheld number: words on a keypad (ANONYMOUS, RESTRICTED, UNKNOWN, UNAVAILABLE). */
const withheld = ['+266696687', '+7378742833', '+86282452253', '+464']

/** The other party's number from a webhook's `From`. */
export function partyNumber(from: string | undefined): PartyNumber {
  const { success, data } = E164.safeParse(from)
  return success && !withheld.includes(data) ? data : 'anonymous'
}
