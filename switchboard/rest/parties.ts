import type { Room } from '../room.ts'
import { RestError } from './errors.ts'
import type { Parameters } from './parameters.ts'

/** `client:name`, with custom parameters after a question mark. */
const CLIENT = /^client:(\w{1,121})(?:\?(.*))?$/
const E164 = /^\+[1-9]\d{4,14}$/

export interface Parties {
  to: string
  from: string
  custom: Record<string, string>
}

/** Who is called and by whom. A phone is only called from a number of the account's own; a client from anything. */
export function checkParties(room: Room, p: Parameters): Parties {
  const to = p.text('To') ?? ''
  const from = p.text('From') ?? ''
  const client = CLIENT.exec(to)
  if (!client && !E164.test(to)) throw new RestError(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`)
  if (client) return { to: `client:${client[1]}`, from, custom: Object.fromEntries(new URLSearchParams(client[2] ?? '')) }
  const owned = room.store.data.numbers.some((number) => number.phoneNumber === from)
  if (!owned) {
    throw new RestError(
      400,
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.`,
    )
  }
  return { to, from, custom: {} }
}
