import { type ChannelSettings, type Greetings, RingsideError } from '../../utils/protocol/index.ts'
import type { Reader } from '../store/store.ts'
import { hoursProblem } from './hours-rows.ts'

/** What the schemas cannot see. Error: bad_request {at, why} with the path of the first field that cannot be, such as `settings.hours.ranges.1`. */
export async function checkSettings(db: Reader, settings: Partial<ChannelSettings>): Promise<void> {
  const { hours, userIds, teamIds, greetings, ticket } = settings
  const wrongHours = hours && hoursProblem(hours)
  if (wrongHours) throw refusal(`hours.${wrongHours.at}`, wrongHours.why)
  if (userIds) await checkKnown('userIds', userIds, (ids) => db.selectFrom('users').select('id').where('id', 'in', ids).execute())
  if (teamIds) await checkKnown('teamIds', teamIds, (ids) => db.selectFrom('teams').select('id').where('id', 'in', ids).execute())
  if (greetings) await checkGreetings(db, greetings)
  const owner = ticket?.owner
  if (owner && owner !== 'answerer' && owner !== 'nobody') {
    const user = await db.selectFrom('users').select('id').where('id', '=', owner).executeTakeFirst()
    if (!user) throw refusal('ticket.owner', 'unknown')
  }
}

const refusal = (at: string, why: string) => new RingsideError('bad_request', { at: `settings.${at}`, why })

async function checkKnown(
  part: string,
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<{ id: string }[]>,
): Promise<void> {
  if (ids.length === 0) return
  const known = new Set((await find(ids)).map(({ id }) => id))
  const unknown = ids.findIndex((id) => !known.has(id))
  if (unknown >= 0) throw refusal(`${part}.${unknown}`, 'unknown')
}

async function checkGreetings(db: Reader, greetings: Greetings): Promise<void> {
  const silent = silentGreeting(greetings)
  if (silent) throw refusal(`greetings.${silent}.text`, 'empty')
  for (const [name, { uploadId }] of Object.entries(greetings)) {
    if (uploadId === null) continue
    // Kept until the channel is saved: unused ones are deleted.
    const upload = await db.selectFrom('uploads').select('id').where('id', '=', uploadId).forKeyShare().executeTakeFirst()
    if (!upload) throw refusal(`greetings.${name}.uploadId`, 'unknown')
  }
}

/** The name of a greeting with which a caller would hear nothing. */
export const silentGreeting = (greetings: Greetings): keyof Greetings | undefined =>
  (Object.keys(greetings) as (keyof Greetings)[]).find((name) => greetings[name].text.trim() === '' && greetings[name].uploadId === null)
