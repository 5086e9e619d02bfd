import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClaims } from '../../companion/drafts/claim.ts'
import type { Draft, OfferedNumber } from '../../utils/protocol/index.ts'
import { type AdminWorld, startAdminWorld } from '../kit/admin-world.ts'
import { until } from '../kit/process.ts'
import { stopTestStores, storeKinds } from '../kit/store.ts'

let world: AdminWorld

describe.each(storeKinds)('on %s', (kind) => {
  let installed = true
  beforeAll(async () => {
    const started = await startAdminWorld(kind)
    installed = started !== undefined
    if (started) world = started
  }, 120_000)
  beforeEach(({ skip }) => skip(!installed, 'PostgreSQL is not installed'))
  afterAll(async () => {
    if (installed) await world.close()
  })

  const noPapers = { addressSid: null, bundleSid: null }
  const open = { ranges: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', until: '24:00' })), specialDays: [] }

  async function startDraft(): Promise<Draft> {
    return world.ask('startDraft', { draftId: randomUUID() }, {})
  }
  const suggest = (country: string, rest: object = {}): Promise<OfferedNumber> =>
    world.ask('suggestNumber', {}, { country, prefix: '', not: [], ...rest })
  const owned = () => world.app.companion.provider.listNumbers().then((numbers) => numbers.map((number) => number.e164))
  const fault = (rule: object) => world.control('POST', '/control/faults', { times: 1, ...rule })
  const purchases = { kind: 'rest', path: '/IncomingPhoneNumbers', method: 'POST' }

  /** A live channel with these users. */
  async function makeChannel(name: string, userIds: string[], country = 'PL') {
    const draft = await startDraft()
    const { e164 } = await suggest(country)
    await world.ask('claimNumber', { draftId: draft.id }, { e164, ...noPapers })
    await world.ask(
      'saveDraft',
      { draftId: draft.id },
      { revision: 1, step: 'finish', settings: { name, userIds, hours: { timeZone: 'Europe/Warsaw', ...open } } },
    )
    return { channel: await world.ask('finishDraft', { draftId: draft.id }, {}), draftId: draft.id, e164 }
  }

  describe('a new number', () => {
    test('from the first step to a call that rings', async () => {
      const anna = await world.addUser('Anna', { ready: true })
      const offers: string[] = []
      if (anna.agent) anna.agent.onEvent = (event) => event.type === 'call-offered' && offers.push(event.call.channel.name)

      const countries = (await world.ask('listCountries')).countries
      expect(countries.find(({ code }) => code === 'US')).toEqual({ code: 'US', callingCode: '1', areaCodes: true })
      const draft = await startDraft()
      expect(draft).toMatchObject({ step: 'number', number: { how: 'undecided' }, channelId: null, startedBy: { name: 'Ada Admin' } })

      const first = await suggest('PL', { prefix: '12' })
      expect(first).toMatchObject({ country: 'PL', locality: 'Kraków', monthly: { amount: '1.00', currency: 'USD' }, requirements: [] })
      expect(first.capabilities.voice).toBe(true)
      const second = await suggest('PL', { prefix: '12', not: [first.e164] })
      expect(second.e164).toMatch(/^\+4812/)
      expect(second.e164).not.toBe(first.e164)

      const claimed = await world.ask('claimNumber', { draftId: draft.id }, { e164: second.e164, ...noPapers })
      expect(claimed.number).toMatchObject({ how: 'claimed', e164: second.e164 })
      // Taken up again elsewhere, nothing is lost.
      expect(await world.ask('readDraft', { draftId: draft.id })).toEqual(claimed)
      expect((await world.ask('listChannels')).drafts.map(({ id }) => id)).toContain(draft.id)

      const settings = { name: 'Kraków', userIds: [anna.id], hours: { timeZone: 'Europe/Warsaw', ...open } }
      await world.ask('saveDraft', { draftId: draft.id }, { revision: claimed.revision, step: 'finish', settings })
      const channel = await world.ask('finishDraft', { draftId: draft.id }, {})
      expect(channel).toMatchObject({ number: second.e164, enabled: true, settings: { name: 'Kraków', userIds: [anna.id] } })
      expect((await world.ask('finishDraft', { draftId: draft.id }, {})).id).toBe(channel.id)
      await until(() => anna.agent?.me().channels.some(({ name }) => name === 'Kraków'))
      const list = await world.ask('listChannels')
      expect(list.channels.filter(({ name }) => name === 'Kraków')).toMatchObject([
        { open: true, users: 1, reachable: 1, wired: true, nextChange: null },
      ])
      expect(list.drafts.map(({ id }) => id)).not.toContain(draft.id)

      const { id } = await world.control<{ id: string }>('POST', '/control/callers', {
        from: '+48600100200',
        to: second.e164,
        say: { toneHz: 440 },
      })
      await until(() => offers.length > 0)
      expect(offers).toEqual(['Kraków'])
      expect((await world.ask('listChannels')).channels.find(({ name }) => name === 'Kraków')?.callsNow).toBe(1)
      await world.control('POST', `/control/callers/${id}/hang-up`, {})
    })

    test('ten claims at once buy one, and an eleventh buys nothing else', async () => {
      const draft = await startDraft()
      const { e164 } = await suggest('US', { prefix: '212' })
      const before = await owned()
      const claims = await Promise.all(
        Array.from({ length: 10 }, () => world.ask('claimNumber', { draftId: draft.id }, { e164, ...noPapers })),
      )
      expect(new Set(claims.map(({ number }) => JSON.stringify(number))).size).toBe(1)
      const other = await suggest('US', { prefix: '212' })
      const again = await world.ask('claimNumber', { draftId: draft.id }, { e164: other.e164, ...noPapers })
      expect(again.number).toMatchObject({ e164 })
      await world.ask('chooseNumber', { draftId: draft.id }, { numberId: null })
      const third = await world.ask('claimNumber', { draftId: draft.id }, { e164: other.e164, ...noPapers })
      expect(third.number).toMatchObject({ how: 'claimed', e164 })
      expect((await owned()).filter((number) => !before.includes(number))).toEqual([e164])
      const bought = await world.store.db
        .selectFrom('audit')
        .selectAll()
        .where('act', '=', 'number-bought')
        .where('subject', '=', e164)
        .execute()
      expect(bought).toHaveLength(1)
    })

    test('different numbers claimed at once for one wizard buy one', async () => {
      const draft = await startDraft()
      const one = await suggest('CA')
      const two = await suggest('CA', { not: [one.e164] })
      const before = await owned()
      const answers = await Promise.all(
        [one, two, one, two].map(({ e164 }) => world.ask('claimNumber', { draftId: draft.id }, { e164, ...noPapers })),
      )
      expect(new Set(answers.map(({ number }) => JSON.stringify(number))).size).toBe(1)
      expect((await owned()).filter((number) => !before.includes(number))).toHaveLength(1)
    })

    test('two companions that claim for one wizard at once buy one', async () => {
      const draft = await startDraft()
      const [one, two] = [await suggest('US', { prefix: '415' }), await suggest('CA')]
      const admin = await world.store.db.selectFrom('users').selectAll().where('id', '=', world.admin.userId).executeTakeFirstOrThrow()
      const companions = [createClaims(world.app.companion), createClaims(world.app.companion)]
      const before = await owned()
      const claims = companions.flatMap((claims, index) =>
        [one, two].map(({ e164 }) => claims.claim(admin, draft.id, { e164: index === 0 ? e164 : one.e164, ...noPapers })),
      )
      const ended = await Promise.allSettled(claims)
      // Who comes while the other one's purchase has no end yet is told to wait, in words.
      const refusals = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []))
      expect(refusals.filter((code) => code !== 'voice_provider_busy')).toEqual([])
      expect((await owned()).filter((number) => !before.includes(number))).toHaveLength(1)
      expect(await world.ask('readDraft', { draftId: draft.id })).toMatchObject({ number: { how: 'claimed', e164: one.e164 } })
    })

    test('an answer that was lost is looked up, not bought again, also by a companion that started since', async () => {
      const draft = await startDraft()
      const { e164 } = await suggest('US', { prefix: '312' })
      await fault({ match: purchases, do: 'lose-answer' })
      expect((await world.refused('claimNumber', { draftId: draft.id }, { e164, ...noPapers })).code).toBe('voice_provider_failed')
      await world.restart()
      const claimed = await world.ask('claimNumber', { draftId: draft.id }, { e164, ...noPapers })
      expect(claimed.number).toMatchObject({ how: 'claimed', e164 })
      expect((await owned()).filter((number) => number === e164)).toHaveLength(1)
    })

    test.each([
      ['bought away', undefined, 'number_gone'],
      ['the account is refused', { do: 'status', status: 403, code: 20005 }, 'voice_account_refused'],
      ['too busy', { do: 'status', status: 429, times: 5 }, 'voice_provider_busy'],
    ])(
      '%s: said in words, nothing bought, and another can be claimed',
      async (_words, rule, code) => {
        const draft = await startDraft()
        const { e164 } = await suggest('PL')
        if (rule) await fault({ match: purchases, ...rule })
        else await world.control('POST', '/control/taken-numbers', { phoneNumber: e164 })
        expect((await world.refused('claimNumber', { draftId: draft.id }, { e164, ...noPapers })).code).toBe(code)
        expect(await owned()).not.toContain(e164)
        await world.control('DELETE', '/control/faults')
        const next = await suggest('PL', { not: [e164] })
        expect((await world.ask('claimNumber', { draftId: draft.id }, { e164: next.e164, ...noPapers })).number).toMatchObject({
          e164: next.e164,
        })
      },
      20_000,
    )

    test('where a country wants papers: said before, refused without, bought with them', async () => {
      const bare = await suggest('DE')
      expect(bare.requirements).toEqual([
        { kind: 'address', where: 'local', existing: [] },
        { kind: 'bundle', where: null, existing: [] },
      ])
      const draft = await startDraft()
      const refused = await world.refused('claimNumber', { draftId: draft.id }, { e164: bare.e164, ...noPapers })
      expect(refused).toMatchObject({ code: 'requirement_missing', details: { kind: 'address' } })
      expect(await owned()).not.toContain(bare.e164)

      const [address] = await Promise.all([makeAddress('DE'), makeAddress('FR')])
      await world.control('POST', '/control/bundles', { country: 'DE', name: 'Half done', status: 'draft' })
      await world.control('POST', '/control/bundles', { country: 'DE', name: 'Berlin papers' })
      const { requirements } = await suggest('DE')
      expect(requirements).toMatchObject([
        { kind: 'address', existing: [{ sid: address, label: 'Acme, Hauptstr. 1, Berlin' }] },
        { kind: 'bundle', existing: [{ label: 'Berlin papers' }] },
      ])
      const bundleSid = requirements[1]?.existing[0]?.sid ?? null
      const withoutBundle = await world.refused(
        'claimNumber',
        { draftId: draft.id },
        { e164: bare.e164, addressSid: address, bundleSid: null },
      )
      expect(withoutBundle).toMatchObject({ code: 'requirement_missing', details: { kind: 'bundle' } })
      const claimed = await world.ask('claimNumber', { draftId: draft.id }, { e164: bare.e164, addressSid: address, bundleSid })
      expect(claimed.number).toMatchObject({ how: 'claimed', e164: bare.e164 })
    })

    test('none to be had', async () => {
      expect((await world.refused('suggestNumber', {}, { country: 'PL', prefix: '99', not: [] })).code).toBe('none_available')
    })
  })

  async function makeAddress(country: string): Promise<string> {
    const { restUrl, accountSid, authToken } = world.switchboard
    const form = { CustomerName: 'Acme', Street: 'Hauptstr. 1', City: 'Berlin', Region: 'Berlin', PostalCode: '10115', IsoCountry: country }
    const reply = await fetch(`${restUrl}/2010-04-01/Accounts/${accountSid}/Addresses.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
      body: new URLSearchParams(form),
    })
    return ((await reply.json()) as { sid: string }).sid
  }

  describe('an existing number', () => {
    test('its users are removed at the finish, not before', async () => {
      const [old1, old2, fresh] = [await world.addUser('Old One'), await world.addUser('Old Two'), await world.addUser('Fresh')]
      const { channel: old, e164 } = await makeChannel('Old line', [old1.id, old2.id])
      const row = (await world.ask('listNumbers')).numbers.find((number) => number.e164 === e164)
      expect(row).toMatchObject({
        country: 'PL',
        channel: { name: 'Old line' },
        users: [{ name: 'Old One' }, { name: 'Old Two' }],
        wired: true,
      })

      const draft = await startDraft()
      const chosen = await world.ask('chooseNumber', { draftId: draft.id }, { numberId: row?.id ?? '' })
      expect(chosen.number).toMatchObject({ how: 'existing', e164 })
      await world.ask(
        'saveDraft',
        { draftId: draft.id },
        { revision: 1, step: 'finish', settings: { name: 'New line', userIds: [fresh.id] } },
      )
      expect((await world.ask('readChannel', { channelId: old.id })).settings.userIds).toHaveLength(2)

      const [channel, twice] = await Promise.all([
        world.ask('finishDraft', { draftId: draft.id }, {}),
        world.ask('finishDraft', { draftId: draft.id }, {}),
      ])
      expect(twice.id).toBe(channel.id)
      expect(channel).toMatchObject({ number: e164, settings: { userIds: [fresh.id] } })
      expect(await world.ask('readChannel', { channelId: old.id })).toMatchObject({ number: null, settings: { userIds: [], teamIds: [] } })
      const moved = await world.store.db
        .selectFrom('audit')
        .selectAll()
        .where('act', '=', 'number-moved')
        .where('subject', '=', e164)
        .execute()
      expect(moved).toMatchObject([{ before: { channel: 'Old line', userIds: expect.arrayContaining([old1.id, old2.id]) } }])
    })

    test('a number bought in the console appears, and one given back there goes', async () => {
      const { e164 } = await suggest('SE', { not: [] })
      const sid = await makeAddress('SE')
      const bought = await world.app.companion.market.buyNumber(
        e164,
        { voiceUrl: '', voiceFallbackUrl: '', statusCallback: '' },
        { addressSid: sid, bundleSid: null },
      )
      expect((await world.ask('listNumbers')).numbers).toContainEqual(
        expect.objectContaining({ e164, country: 'SE', channel: null, users: [] }),
      )
      const draft = await startDraft()
      const numberId = (await world.ask('listNumbers')).numbers.find((number) => number.e164 === e164)?.id
      const chosen = await world.ask('chooseNumber', { draftId: draft.id }, { numberId })
      expect(chosen.number).toMatchObject({ how: 'existing', e164 })
      await world.app.companion.market.releaseNumber(bought.sid)
      expect((await world.ask('listNumbers')).numbers.map((number) => number.e164)).not.toContain(e164)
      expect((await world.ask('readDraft', { draftId: draft.id })).number).toEqual({ how: 'undecided' })
    })
  })

  describe('a wizard that is left', () => {
    test('starting twice is one; a stale save from another computer is refused and loses nothing', async () => {
      const draftId = randomUUID()
      const [one, two] = await Promise.all([world.ask('startDraft', { draftId }, {}), world.ask('startDraft', { draftId }, {})])
      expect(two).toEqual(one)
      const saved = await world.ask(
        'saveDraft',
        { draftId },
        { revision: one.revision, step: 'routing', settings: { name: 'Here', ringSeconds: 20 } },
      )
      const stale = await world.refused('saveDraft', { draftId }, { revision: one.revision, step: 'routing', settings: { name: 'There' } })
      expect(stale).toMatchObject({ code: 'changed_meanwhile', details: { parts: 'name' } })
      // The same request again, as after a lost answer.
      expect(
        await world.ask('saveDraft', { draftId }, { revision: one.revision, step: 'routing', settings: { name: 'Here', ringSeconds: 20 } }),
      ).toEqual(saved)
      // Another admin at another part is in nobody's way; at the same one they are named.
      const second = (await world.addUser('Second Admin', { role: 'admin' })).agent
      const ticket = (pipeline: string) => ({ ticket: { ...one.settings.ticket, pipeline } })
      const other = await second?.call('saveDraft', { draftId }, { revision: one.revision, step: 'routing', settings: ticket('Sales') })
      expect(other?.reply).toMatchObject({ settings: { name: 'Here', ...ticket('Sales') } })
      const late = await world.refused('saveDraft', { draftId }, { revision: saved.revision, step: 'routing', settings: ticket('Support') })
      expect(late).toMatchObject({ code: 'changed_meanwhile', details: { by: 'Second Admin', parts: 'ticket' } })
      expect(await world.ask('readDraft', { draftId })).toMatchObject({ step: 'routing', settings: { name: 'Here', ringSeconds: 20 } })
    })

    test('finishing too early names what is missing', async () => {
      const draft = await startDraft()
      const silence = { ...draft.settings.greetings, closed: { ...draft.settings.greetings.closed, text: ' ' } }
      await world.ask('saveDraft', { draftId: draft.id }, { revision: 1, step: 'finish', settings: { greetings: silence } })
      const refused = await world.refused('finishDraft', { draftId: draft.id }, {})
      expect(refused).toMatchObject({ code: 'draft_incomplete', details: { missing: 'number,greetings.closed' } })
    })

    test('discarded, its number stays owned', async () => {
      const draft = await startDraft()
      const { e164 } = await suggest('PL')
      await world.ask('claimNumber', { draftId: draft.id }, { e164, ...noPapers })
      await world.ask('discardDraft', { draftId: draft.id })
      await world.ask('discardDraft', { draftId: draft.id })
      expect((await world.refused('readDraft', { draftId: draft.id })).code).toBe('not_found')
      expect((await world.ask('listNumbers')).numbers).toContainEqual(expect.objectContaining({ e164, channel: null }))
    })
  })
})

afterAll(stopTestStores)
