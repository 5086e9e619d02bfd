import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseWav, writeWav } from '../../companion/greetings/wav.ts'
import { toIdentity } from '../../companion/twilio/identity.ts'
import type { Greeting } from '../../utils/protocol/index.ts'
import { type AdminWorld, startAdminWorld } from '../kit/admin-world.ts'
import { sign } from '../kit/calls-world.ts'
import { until } from '../kit/process.ts'

let world: AdminWorld
beforeAll(async () => {
  const started = await startAdminWorld()
  if (!started) throw new Error('PGlite is always there')
  world = started
}, 120_000)
afterAll(() => world?.close())

const wavBase64 = (seconds = 1) =>
  writeWav({ rate: 48_000, samples: Float32Array.from({ length: 48_000 * seconds }, (_, i) => 0.02 * Math.sin(i / 20)) }).toString('base64')
const spoken = (more: Partial<Greeting> = {}): Greeting => ({
  text: 'Dzień dobry',
  language: 'pl-PL',
  voice: 'Polly.Ewa',
  uploadId: null,
  ...more,
})
const publicUrl = () => world.app.companion.config.publicUrl

/** As Twilio asks when a browser connects. */
async function join(fields: Record<string, string>, userId = world.admin.userId): Promise<string> {
  const form = { CallSid: `CA${randomUUID().replaceAll('-', '')}`, From: `client:${toIdentity(userId)}`, ...fields }
  const url = `${publicUrl()}/twilio/join`
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': sign(url, form, world.app.companion.config.twilio.authToken),
    },
    body: new URLSearchParams(form).toString(),
  })
  expect(response.status).toBe(200)
  return response.text()
}

const onlyHangUp = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'

async function upload(seconds = 1): Promise<string> {
  const uploadId = randomUUID()
  await world.ask('uploadGreeting', {}, { uploadId, wavBase64: wavBase64(seconds) })
  return uploadId
}

async function makeChannel(greeting: Greeting) {
  const draftId = randomUUID()
  await world.ask('startDraft', { draftId }, {})
  const { e164 } = await world.ask('suggestNumber', {}, { country: 'PL', prefix: '', not: [] })
  await world.ask('claimNumber', { draftId }, { e164, addressSid: null, bundleSid: null })
  const greetings = { inHours: greeting, afterHours: greeting, closed: greeting }
  await world.ask('saveDraft', { draftId }, { revision: 1, step: 'finish', settings: { name: 'Greeted', greetings } })
  return world.ask('finishDraft', { draftId }, {})
}

describe('an uploaded recording', () => {
  test('is kept once, made even, and served to Twilio for ever', async () => {
    const uploadId = randomUUID()
    // Far more than other requests may carry.
    const body = { uploadId, wavBase64: wavBase64(10) }
    const first = await world.ask('uploadGreeting', {}, body)
    expect(first).toEqual({ uploadId, seconds: 10 })
    expect(await world.ask('uploadGreeting', {}, body)).toEqual(first)
    const lines = (await world.ask('listAudit')).lines.filter((line) => line.subject === uploadId)
    expect(lines).toMatchObject([{ act: 'greeting-uploaded', by: { name: 'Ada Admin' } }])

    const response = await fetch(`${publicUrl()}/media/greetings/${uploadId}.wav`)
    expect(response.headers.get('content-type')).toBe('audio/wav')
    expect(response.headers.get('cache-control')).toContain('immutable')
    const wav = parseWav(Buffer.from(await response.arrayBuffer()))
    expect(wav?.rate).toBe(8000)
    expect(wav?.samples.length).toBe(80_000)
    for (const unknown of [randomUUID(), 'nonsense']) {
      expect((await fetch(`${publicUrl()}/media/greetings/${unknown}.wav`)).status).toBe(404)
    }
  })

  test('that cannot be used is refused with the reason, and nothing is kept', async () => {
    const uploadId = randomUUID()
    const refused = await world.refused('uploadGreeting', {}, { uploadId, wavBase64: Buffer.from('no sound').toString('base64') })
    expect(refused).toMatchObject({ code: 'upload_refused', details: { why: 'format' } })
    expect((await fetch(`${publicUrl()}/media/greetings/${uploadId}.wav`)).status).toBe(404)
    const { agent } = await world.addUser('No Admin', { ready: true })
    expect((await agent?.call('uploadGreeting', {}, { uploadId, wavBase64: wavBase64() }))?.status).toBe(403)
    // The limit is raised for uploads alone.
    const large = await world.refused('saveTickets', {}, { pipeline: 'x'.repeat(600_000) })
    expect(large.code).toBe('too_large')
  })

  test('is what callers hear instead of the text', async () => {
    const uploadId = await upload()
    const channel = await makeChannel(spoken({ uploadId }))
    // Nobody is in it: the caller goes to voicemail.
    const form = { CallSid: `CA${'7'.repeat(32)}`, From: '+48600100200', To: channel.number ?? '' }
    const url = `${publicUrl()}/twilio/inbound`
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': sign(url, form, world.app.companion.config.twilio.authToken),
      },
      body: new URLSearchParams(form).toString(),
    })
    const document = await response.text()
    expect(document).toContain(`<Play>${publicUrl()}/media/greetings/${uploadId}.wav</Play><Record`)
    expect(document).not.toContain('<Say')
    // While we are down nobody could fetch the recording: the text is what Twilio keeps.
    const kept = (await world.app.companion.provider.listNumbers()).find((number) => number.e164 === channel.number)
    expect(decodeURIComponent(kept?.voiceFallbackUrl ?? '').replaceAll('+', ' ')).toContain('Dzień dobry')
    expect(kept?.voiceFallbackUrl).not.toContain(uploadId)
  })
})

describe('hearing', () => {
  test('a greeting is heard as the caller will, once', async () => {
    const { ticket } = await world.ask('previewGreeting', {}, spoken())
    const CallSid = `CA${'1'.repeat(32)}`
    const heard = await join({ hear: ticket, CallSid })
    expect(heard).toContain('<Say language="pl-PL" voice="Polly.Ewa">Dzień dobry</Say>')
    const beep = /<Play>([^<]+)<\/Play><Hangup\/>/.exec(heard)?.[1] ?? ''
    expect(parseWav(Buffer.from(await (await fetch(beep)).arrayBuffer()))?.rate).toBe(8000)
    // Twilio's own retry, then somebody else who overheard it.
    expect(await join({ hear: ticket, CallSid })).toBe(heard)
    expect(await join({ hear: ticket })).toBe(onlyHangUp)
  })

  test('an upload is played', async () => {
    const uploadId = await upload()
    const { ticket } = await world.ask('previewGreeting', {}, spoken({ uploadId }))
    const heard = await join({ hear: ticket })
    expect(heard).toContain(`<Play>${publicUrl()}/media/greetings/${uploadId}.wav</Play>`)
    expect(heard).not.toContain('<Say')
    expect((await world.refused('previewGreeting', {}, spoken({ uploadId: randomUUID() }))).code).toBe('bad_request')
    expect((await world.refused('previewGreeting', {}, spoken({ text: ' ' }))).code).toBe('bad_request')
  })

  test('a ticket is its admin’s, for a minute, and never lies readable in the database', async () => {
    const { ticket } = await world.ask('previewGreeting', {}, spoken())
    expect(JSON.stringify(await world.store.db.selectFrom('hearings').selectAll().execute())).not.toContain(ticket)
    const { id } = await world.addUser('Curious')
    expect(await join({ hear: ticket }, id)).toBe(onlyHangUp)
    await world.clock.advance(59_000)
    expect(await join({ hear: ticket })).toContain('<Say')
    const late = await world.ask('previewGreeting', {}, spoken())
    await world.clock.advance(60_001)
    expect(await join({ hear: late.ticket })).toBe(onlyHangUp)
  })

  test('in a test call the channel is heard as a caller hears it', async () => {
    const greeting = spoken({ uploadId: await upload(4) })
    const channel = await makeChannel(greeting)
    const { ticket } = await world.ask('testCall', { channelId: channel.id }, {})
    // A phone stands for the admin's page: it is given the same document.
    const { restUrl, accountSid, authToken } = world.switchboard
    const phone = '+48600300400'
    const started = await fetch(`${restUrl}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      },
      body: new URLSearchParams({ To: phone, From: channel.number ?? '', Twiml: await join({ hear: ticket }) }).toString(),
    })
    expect(started.status).toBe(201)
    interface Phone {
      id: string
      to: string
    }
    const found = await until(async () =>
      (await world.control<{ callers: Phone[] }>('GET', '/control/callers')).callers.find(({ to }) => to === phone),
    )
    await until(async () => {
      const row = await world.store.db.selectFrom('calls').selectAll().where('channel_id', '=', channel.id).executeTakeFirst()
      return row?.state === 'voicemail'
    })
    const hears = async () => JSON.stringify(await world.control('GET', `/control/callers/${found.id}`))
    await until(async () => /"hz":3[789]\d/.test(await hears()))
    await world.control('POST', `/control/callers/${found.id}/hang-up`, {})
    await until(async () => {
      const row = await world.store.db.selectFrom('calls').selectAll().where('channel_id', '=', channel.id).executeTakeFirst()
      return row?.state === 'ended'
    })
  }, 40_000)

  test('an admin without a seat can listen too, an agent without one has no phone', async () => {
    const [boss, agent] = [await world.addUser('Boss', { role: 'admin' }), await world.addUser('Agent', { ready: true })]
    for (const { id } of [boss, agent]) await world.ask('savePerson', { personId: id }, { seat: false })
    expect((await boss.agent?.call('takeVoiceToken', {}))?.status).toBe(200)
    await until(() => boss.agent?.me().reason === 'no-seat')
    expect((await agent.agent?.call('takeVoiceToken', {}))?.status).toBe(403)
  })

  test('a test call dials the channel’s number', async () => {
    const channel = await makeChannel(spoken())
    const { ticket } = await world.ask('testCall', { channelId: channel.id }, {})
    expect(await join({ hear: ticket })).toContain(`<Dial callerId="${channel.number}"><Number>${channel.number}</Number></Dial>`)
    const gone = await world.ask('testCall', { channelId: channel.id }, {})
    await world.ask('deleteChannel', { channelId: channel.id }, { typed: channel.number })
    expect(await join({ hear: gone.ticket })).toBe(onlyHangUp)
    expect((await world.refused('testCall', { channelId: channel.id }, {})).code).toBe('not_found')
  })
})
