/** Settings of a channel while they are typed: what differs from what was saved, and what is not right yet. Pure. */
import type { Failure } from '../../utils/messages.ts'
import type { ChannelPart, ChannelSettings, Draft, DraftStep, Greeting, TicketSettings } from '../../utils/protocol/channels.ts'
import { hoursAreRight } from './hours.ts'

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Only the parts that were changed: two admins at different parts are not in each other's way. */
export function changedParts(base: ChannelSettings, typed: ChannelSettings): Partial<ChannelSettings> {
  const parts = Object.keys(typed) as ChannelPart[]
  return Object.fromEntries(parts.filter((part) => !same(base[part], typed[part])).map((part) => [part, typed[part]]))
}

/** Somebody saved meanwhile: what was typed here stays, everything else becomes theirs; so do the parts that are given up. */
export function mergeTheirs(
  base: ChannelSettings,
  typed: ChannelSettings,
  theirs: ChannelSettings,
  givenUp: readonly string[] = [],
): ChannelSettings {
  const mine = Object.entries(changedParts(base, typed)).filter(([part]) => !givenUp.includes(part))
  return { ...theirs, ...Object.fromEntries(mine) }
}

/** What decides who rings. */
export const ringSettings = ({ hours, userIds, teamIds }: ChannelSettings) => ({ hours, userIds, teamIds })

export type Part = 'ticket' | 'name' | 'hours' | 'people' | 'greetings'

/** Parts that cannot be saved as they are. */
export function wrongParts(settings: ChannelSettings): Part[] {
  const { name, hours, ringSeconds, greetings, ticket } = settings
  const wrong: Part[] = []
  if (name.trim() === '') wrong.push('name')
  if (!hoursAreRight(hours)) wrong.push('hours')
  if (!Number.isInteger(ringSeconds) || ringSeconds < 5 || ringSeconds > 600) wrong.push('people')
  if (Object.values(greetings).some(({ text, uploadId }) => text.trim() === '' && uploadId === null)) wrong.push('greetings')
  if (ticket.properties.some((property) => property.name.trim() === '')) wrong.push('ticket')
  return wrong
}

const silence: Greeting = { text: '', language: 'en-US', voice: null, uploadId: null }
const noTicket: TicketSettings = { pipeline: null, status: null, priority: null, category: null, source: null, owner: null, properties: [] }

/** A wizard before anything was chosen: the companion does not know it, and fills its settings when it does. */
export const newDraft = (id: string, userId: string): Draft => ({
  id,
  step: 'number',
  number: { how: 'undecided' },
  settings: {
    name: '',
    hours: { timeZone: 'UTC', ranges: [], specialDays: [] },
    userIds: [],
    teamIds: [],
    ringSeconds: 30,
    greetings: { inHours: silence, afterHours: silence, closed: silence },
    ticket: noTicket,
  },
  revision: 0,
  startedBy: { id: userId, name: '' },
  updatedAt: new Date(0).toISOString(),
  channelId: null,
})
export const isNew = ({ revision }: Draft): boolean => revision === 0

export const STEPS: readonly DraftStep[] = ['number', 'tickets', 'routing', 'finish']
export const stepAfter = (step: DraftStep): DraftStep => STEPS[STEPS.indexOf(step) + 1] ?? 'finish'
export const stepBefore = (step: DraftStep): DraftStep => STEPS[STEPS.indexOf(step) - 1] ?? 'number'

/** What a caller could not know by reading: a text in one language read by a voice of another. Null: no opinion. */
export function textLanguage(text: string): 'pl' | 'en' | 'de' | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  if (words.length < 3) return null
  const share = (list: string) => words.filter((word) => list.split(' ').includes(word)).length / words.length
  const scores = {
    pl:
      share('i w na nie się prosimy proszę do po jest od dziękujemy za teraz zostawić wiadomość') +
      (/[ąćęłńśźż]/.test(text.toLowerCase()) ? 0.3 : 0),
    en: share('the a and is are we you your to our please at can of for leave message this'),
    de: share('der die das und ist wir sie bitte nicht ein eine nach uns') + (/ß/.test(text) ? 0.3 : 0),
  }
  const [best] = (Object.entries(scores) as ['pl' | 'en' | 'de', number][]).sort((one, other) => other[1] - one[1])
  return best && best[1] >= 0.15 ? best[0] : null
}

/** Where to go when something is missing at the end: draft_incomplete names fields, such as `number,greetings.closed`. */
export function missingSteps({ code, details }: Failure): DraftStep[] {
  if (code !== 'draft_incomplete') return []
  const stepOf = (field: string): DraftStep => (field === 'number' ? 'number' : field === 'ticket' ? 'tickets' : 'routing')
  return [
    ...new Set(
      (details?.missing ?? '')
        .split(',')
        .filter(Boolean)
        .map((field) => stepOf(field.split('.')[0] ?? '')),
    ),
  ]
}
