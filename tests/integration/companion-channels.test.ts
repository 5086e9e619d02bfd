import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hoursProblem } from '../../companion/channels/hours-rows.ts'
import type { ChannelDetail } from '../../utils/protocol/index.ts'
import { type AdminWorld, startAdminWorld } from '../kit/admin-world.ts'
import { until } from '../kit/process.ts'
import { STARTS, seeded, someHours } from '../kit/some-hours.ts'

let world: AdminWorld
beforeAll(async () => {
  const started = await startAdminWorld()
  if (!started) throw new Error('PGlite is always there')
  world = started
}, 120_000)
afterAll(() => world?.close())

const always = {
  timeZone: 'Europe/Warsaw',
  ranges: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', until: '24:00' })),
  specialDays: [],
}
const office = { ...always, ranges: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', until: '17:00' })) }

async function makeChannel(name: string, settings: object = {}, country = 'PL'): Promise<ChannelDetail> {
  const draftId = randomUUID()
  await world.ask('startDraft', { draftId }, {})
  const { e164 } = await world.ask('suggestNumber', {}, { country, prefix: '', not: [] })
  await world.ask('claimNumber', { draftId }, { e164, addressSid: null, bundleSid: null })
  await world.ask('saveDraft', { draftId }, { revision: 1, step: 'finish', settings: { name, hours: always, ...settings } })
  return world.ask('finishDraft', { draftId }, {})
}

const save = (channel: ChannelDetail, settings: object, revision = channel.revision) =>
  world.ask('saveChannel', { channelId: channel.id }, { revision, settings })

const summaryOf = async (id: string) => (await world.ask('listChannels')).channels.find((channel) => channel.id === id)
const atProvider = async (e164: string | null) => (await world.app.companion.provider.listNumbers()).find((number) => number.e164 === e164)
const numberIdOf = async (e164: string | null) => (await world.ask('listNumbers')).numbers.find((number) => number.e164 === e164)?.id ?? ''
const call = async (to: string | null) =>
  (await world.control<{ id: string }>('POST', '/control/callers', { from: '+48600100200', to, say: { toneHz: 440 } })).id
const acts = (subject: string) => world.store.db.selectFrom('audit').selectAll().where('subject', '=', subject).orderBy('id').execute()

test('an agent may do none of it', async () => {
  const { agent } = await world.addUser('Only An Agent', { ready: true })
  for (const name of ['listChannels', 'listCountries', 'listNumbers'] as const) expect((await agent?.call(name, {}))?.status).toBe(403)
})

describe('saving', () => {
  test('two admins: other parts merge, the same part is told, and nothing is lost', async () => {
    const bea = (await world.addUser('Bea Boss', { role: 'admin' })).agent
    const channel = await makeChannel('Two admins')
    const save2 = (settings: object) => bea?.call('saveChannel', { channelId: channel.id }, { revision: channel.revision, settings })
    expect((await save2({ ringSeconds: 45, hours: office }))?.status).toBe(200)

    const merged = await save(channel, { name: 'Renamed' })
    expect(merged).toMatchObject({ savedBy: { name: 'Ada Admin' }, settings: { name: 'Renamed', ringSeconds: 45, hours: office } })
    const refused = await world.refused(
      'saveChannel',
      { channelId: channel.id },
      { revision: channel.revision, settings: { name: 'Again', ringSeconds: 60, hours: always } },
    )
    expect(refused).toMatchObject({ code: 'changed_meanwhile', details: { by: 'Bea Boss', parts: 'hours,ringSeconds' } })
    expect(new Date(refused.details?.at ?? '').getTime()).toBeGreaterThan(0)
    expect((await world.ask('readChannel', { channelId: channel.id })).settings).toMatchObject({ name: 'Renamed', ringSeconds: 45 })

    // Looked at what changed, then theirs again.
    expect((await save(merged, { ringSeconds: 60 })).settings.ringSeconds).toBe(60)
    // The same request as before, after a lost answer, is no conflict with itself.
    expect((await save(channel, { name: 'Renamed' })).revision).toBe(merged.revision + 1)
    const lines = (await acts('Renamed')).filter((line) => line.act === 'channel-saved')
    expect(lines[0]).toMatchObject({ before: { name: 'Two admins' }, after: { name: 'Renamed' } })
  })

  test('hours come back as they were typed: nights, holidays, a day of its own', async () => {
    const channel = await makeChannel('Nights')
    const hours = {
      timeZone: 'Australia/Lord_Howe',
      ranges: [
        { weekday: 5, from: '22:00', until: '02:00' },
        { weekday: 7, from: '20:00', until: '06:00' },
      ],
      specialDays: [
        { day: '2026-12-25', name: 'Christmas', ranges: [] },
        { day: '2026-12-31', name: 'New Year’s Eve', ranges: [{ from: '20:00', until: '03:00' }] },
      ],
    }
    const saved = await save(channel, { hours })
    expect(saved.settings.hours).toEqual(hours)
    expect((await save(saved, { hours })).revision).toBe(saved.revision)
  })

  test.each([
    [
      'overlapping hours',
      { hours: { ...always, ranges: [...always.ranges, { weekday: 1, from: '10:00', until: '11:00' }] } },
      'settings.hours.ranges.7',
    ],
    ['an unknown zone', { hours: { ...always, timeZone: 'Europe/Nowhere' } }, 'settings.hours.timeZone'],
    ['an unknown user', { userIds: ['7d0cf0d2-60a4-4b2a-b1ad-7be1ac0a9b5c'] }, 'settings.userIds.0'],
    ['an unknown team', { teamIds: ['7d0cf0d2-60a4-4b2a-b1ad-7be1ac0a9b5c'] }, 'settings.teamIds.0'],
    ['no ring time', { ringSeconds: 2 }, 'settings.ringSeconds'],
  ])('%s names the field', async (_words, settings, where) => {
    const channel = (await world.ask('listChannels')).channels[0] ?? (await makeChannel('Checked'))
    const refused = await world.refused('saveChannel', { channelId: channel.id }, { revision: 1, settings })
    expect(refused).toMatchObject({ code: 'bad_request', details: { at: where } })
  })

  test('a new greeting is in the fallback at once', async () => {
    const channel = await makeChannel('Fallback')
    const { greetings } = channel.settings
    const text = 'Zadzwoń jutro & dziękujemy. '.repeat(140)
    await save(channel, { greetings: { ...greetings, inHours: { ...greetings.inHours, text } } })
    const fallback = (await atProvider(channel.number))?.voiceFallbackUrl ?? ''
    expect(new URL(fallback).searchParams.get('Twiml')).toContain('Zadzwoń jutro &amp; dziękujemy.')
    expect(fallback.length).toBeLessThanOrEqual(4000)
    expect((await summaryOf(channel.id))?.wired).toBe(true)
  })
})

describe('the toggle and the end', () => {
  test('disabled: callers are told, nobody rings; the call in progress goes on', async () => {
    const { id: userId, agent } = await world.addUser('Disa', { ready: true })
    const channel = await makeChannel('Toggled', { userIds: [userId] })
    const offers: string[] = []
    const withdrawn: string[] = []
    if (agent)
      agent.onEvent = (event) => {
        if (event.type === 'call-offered') offers.push(event.call.id)
        if (event.type === 'call-withdrawn') withdrawn.push(event.callId)
      }
    const first = await call(channel.number)
    await until(() => offers.length === 1)
    await world.ask('setChannelEnabled', { channelId: channel.id }, { enabled: false })
    expect((await world.ask('setChannelEnabled', { channelId: channel.id }, { enabled: false })).enabled).toBe(false)
    const second = await call(channel.number)
    await until(async () => (await world.control<{ state: string }>('GET', `/control/callers/${second}`)).state === 'ended')
    expect(offers).toHaveLength(1)
    expect(withdrawn).toEqual([])
    expect((await world.control<{ state: string }>('GET', `/control/callers/${first}`)).state).toBe('answered')
    expect(await summaryOf(channel.id)).toMatchObject({ enabled: false, callsNow: 1 })

    await world.ask('deleteChannel', { channelId: channel.id }, { typed: channel.number })
    expect((await world.control<{ state: string }>('GET', `/control/callers/${first}`)).state).toBe('answered')
    await world.control('POST', `/control/callers/${first}/hang-up`, {})
    // What was missed can be read for ever, by an admin and by who was there.
    const threads = await until(async () => {
      const { reply } = (await agent?.call('listThreads', {})) ?? {}
      return reply?.threads.length === 2 && reply.threads
    })
    expect(threads.every((thread) => thread.channel.name === 'Toggled')).toBe(true)
    expect((await acts('Toggled')).map((line) => line.act)).toEqual(['channel-made', 'channel-disabled', 'channel-deleted'])
  }, 40_000)

  test.each([
    ['PL', (national: string) => national.replace(/(\d{2})(\d{3})(\d{2})(\d{2})/, '$1 $2 $3 $4')],
    ['PL', (national: string) => `  +48 ${national.replace(/(\d{3})/g, '$1-')}`.replace(/-$/, '')],
    ['PL', (national: string) => `0048${national}`],
    ['US', (national: string) => `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`],
    ['US', (national: string) => `\u202a+1 ${national.slice(0, 3)}.${national.slice(3, 6)}.${national.slice(6)}\u202c`],
  ])('deleted and released by typing the number: %s %s', async (country, type) => {
    const channel = await makeChannel('To delete', {}, country)
    const e164 = channel.number ?? ''
    const national = e164.replace(/^\+(48|1)/, '')
    const wrong = e164.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))
    const numberId = await numberIdOf(e164)
    const releases = async () => (await acts(e164)).filter((line) => line.act === 'number-released').length
    const before = await releases()

    expect((await world.refused('deleteChannel', { channelId: channel.id }, { typed: wrong })).code).toBe('typed_wrong')
    expect((await world.refused('deleteChannel', { channelId: channel.id }, { typed: '' })).code).toBe('typed_wrong')
    expect(await world.refused('releaseNumber', { numberId }, { typed: e164 })).toMatchObject({
      code: 'number_in_use',
      details: { channel: 'To delete' },
    })
    await world.ask('deleteChannel', { channelId: channel.id }, { typed: type(national) })
    await world.ask('deleteChannel', { channelId: channel.id }, { typed: type(national) })
    expect((await world.refused('readChannel', { channelId: channel.id })).code).toBe('not_found')
    expect((await world.ask('listNumbers')).numbers).toContainEqual(expect.objectContaining({ id: numberId, channel: null }))

    expect((await world.refused('releaseNumber', { numberId }, { typed: wrong })).code).toBe('typed_wrong')
    await world.ask('releaseNumber', { numberId }, { typed: type(national) })
    await world.ask('releaseNumber', { numberId }, { typed: type(national) })
    expect(await atProvider(e164)).toBeUndefined()
    expect((await world.ask('listNumbers')).numbers.map((number) => number.e164)).not.toContain(e164)
    expect(await releases()).toBe(before + 1)
  })

  test('a release that the provider refuses leaves the number owned', async () => {
    const channel = await makeChannel('Kept')
    const numberId = await numberIdOf(channel.number)
    await world.ask('deleteChannel', { channelId: channel.id }, { typed: channel.number })
    await world.control('POST', '/control/faults', { match: { kind: 'rest', method: 'DELETE' }, do: 'status', status: 500, times: 1 })
    expect((await world.refused('releaseNumber', { numberId }, { typed: channel.number })).code).toBe('voice_provider_failed')
    expect(await numberIdOf(channel.number)).toBe(numberId)
    await world.ask('releaseNumber', { numberId }, { typed: channel.number })
    expect(await atProvider(channel.number)).toBeUndefined()
  })
})

test('what somebody changed in the console is seen, named and repaired', async () => {
  const channel = await makeChannel('Wired')
  const numberId = await numberIdOf(channel.number)
  const number = await atProvider(channel.number)
  if (!number) throw new Error('it was bought')
  await world.app.companion.provider.updateNumber(number.sid, { ...number, voiceUrl: 'https://example.com/elsewhere', statusCallback: '' })
  expect((await summaryOf(channel.id))?.wired).toBe(false)
  const found = await world.ask('checkWiring', { numberId }, {})
  expect(found).toEqual({
    numberId,
    right: false,
    differences: [
      { setting: 'voice', is: 'https://example.com/elsewhere' },
      { setting: 'status', is: '' },
    ],
  })
  expect(await world.ask('repairWiring', { numberId }, {})).toEqual({ numberId, right: true, differences: [] })
  expect((await world.ask('checkWiring', { numberId }, {})).right).toBe(true)
  expect((await summaryOf(channel.id))?.wired).toBe(true)
  await world.control('POST', '/control/faults', {
    match: { kind: 'rest', path: '/IncomingPhoneNumbers' },
    do: 'status',
    status: 500,
    times: 1,
  })
  expect((await summaryOf(channel.id))?.wired).toBeNull()
})

describe('who would ring', () => {
  test('the router’s own answer with a reason for each, saved or not, and 14 days', async () => {
    const [ready, away, gone] = [
      await world.addUser('Rea', { ready: true }),
      await world.addUser('Awa', { ready: true }),
      await world.addUser('Gon'),
    ]
    await away.agent?.call('setWanted', {}, { wanted: false })
    const users = [ready.id, away.id, gone.id]
    const christmas = { day: '2026-12-25', name: 'Boże Narodzenie', ranges: [] }
    const channel = await makeChannel('Asked', { userIds: users, hours: { ...office, specialDays: [christmas] } })
    const ask = (at: string, rest: object = {}) =>
      world.ask('whoWouldRing', {}, { channelId: channel.id, settings: null, at, from: '+48600100200', ...rest })

    const noon = await ask('2026-12-22T11:00:00.000Z')
    expect(noon).toMatchObject({ outcome: 'ring', greeting: 'inHours', missedReason: null, contact: null })
    expect(noon.lines.map(({ user, reason }) => [user.name, reason])).toEqual([
      ['Rea', null],
      ['Awa', 'away'],
      ['Gon', 'away'],
    ])
    expect(noon.strip).toHaveLength(14)
    expect(noon.strip[0]).toEqual({
      day: '2026-12-22',
      kind: 'open',
      name: null,
      ranges: [{ from: '2026-12-22T08:00:00.000Z', until: '2026-12-22T16:00:00.000Z' }],
      clockChange: null,
    })
    expect(noon.strip[3]).toMatchObject({ day: '2026-12-25', kind: 'special', name: 'Boże Narodzenie', ranges: [] })
    expect(await ask('2026-12-25T11:00:00.000Z')).toMatchObject({
      outcome: 'voicemail',
      greeting: 'afterHours',
      missedReason: 'after-hours',
    })

    const settings = { hours: always, userIds: [gone.id], teamIds: [] }
    expect(await ask('2026-12-25T11:00:00.000Z', { settings })).toMatchObject({
      outcome: 'voicemail',
      missedReason: 'nobody-reachable',
      lines: [{ reason: 'away' }],
    })
    expect((await world.ask('readChannel', { channelId: channel.id })).settings.userIds).toHaveLength(3)
    const spring = await ask('2027-03-20T11:00:00.000Z', { channelId: null, settings })
    expect(spring.strip.find(({ clockChange }) => clockChange !== null)).toMatchObject({ day: '2027-03-28', clockChange: 60 })

    await world.ask('setChannelEnabled', { channelId: channel.id }, { enabled: false })
    expect(await ask('2026-12-22T11:00:00.000Z')).toMatchObject({ outcome: 'closed', greeting: 'closed', missedReason: 'disabled' })
  })
})

test('the preview, of what is saved and of what is only typed, rings when the strip says open, at any instant', async () => {
  const random = seeded(20261122)
  const { id } = await world.addUser('Always Ready', { ready: true })
  let channel = await makeChannel('Any hours', { userIds: [id] })
  for (let turn = 0; turn < 12; turn++) {
    const start = random.one(STARTS)
    let hours = someHours(random, start)
    while (hoursProblem(hours)) hours = someHours(random, start)
    channel = await world.ask('saveChannel', { channelId: channel.id }, { revision: channel.revision, settings: { hours } })
    for (let times = 0; times < 4; times++) {
      const at = new Date(Date.parse(start) + random.below(10 * 24 * 60) * 60_000)
      const ask = (settings: object | null) =>
        world.ask('whoWouldRing', {}, { channelId: channel.id, settings, at: at.toISOString(), from: 'anonymous' })
      const saved = await ask(null)
      expect(await ask({ hours, userIds: [id], teamIds: [] })).toEqual(saved)
      const open = saved.strip.some(({ ranges }) =>
        ranges.some(({ from, until }) => Date.parse(from) <= at.getTime() && at.getTime() < Date.parse(until)),
      )
      expect([at, saved.missedReason]).toEqual([at, open ? null : 'after-hours'])
    }
  }
})

test('the ticket of a missed call has the channel’s settings over the desk’s', async () => {
  const value = { pipeline: 'Support', priority: 'low', properties: [{ name: 'tier', value: 'desk' }] }
  await world.store.write(({ db }) => db.insertInto('settings').values({ key: 'tickets', value }).execute())
  const ticket = {
    pipeline: null,
    status: 'New',
    priority: 'high',
    category: null,
    source: null,
    owner: world.admin.userId,
    properties: [{ name: 'line', value: '7' }],
  }
  const channel = await makeChannel('Ticketed', { ticket })
  const caller = await call(channel.number)
  const thread = await until(() => world.store.db.selectFrom('threads').selectAll().where('channel_id', '=', channel.id).executeTakeFirst())
  expect(thread).toMatchObject({
    owner_id: null,
    ticket: { pipeline: 'Support', status: 'New', priority: 'high', owner: world.admin.userId },
  })
  expect(thread.ticket.properties).toEqual([
    { name: 'tier', value: 'desk' },
    { name: 'line', value: '7' },
  ])
  await world.control('POST', `/control/callers/${caller}/hang-up`, {})
})
