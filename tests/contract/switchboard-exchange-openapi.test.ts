import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import twilio from 'twilio'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeLine, openWorld, redirectedTo, twiml, type World } from '../integration/switchboard-exchange-world.ts'
import { createJudge, type Description } from './switchboard-exchange-schemas.ts'

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Description
const whole = resolve(import.meta.dirname, '../../../shared/data/twilio_api_v2010.json')

/** One of many lists is enough to break the envelope; each resource is created, fetched, listed, changed and deleted where it can be. */
const everything = async (world: World, client: twilio.Twilio) => {
  const { app, room } = world
  app.on('/voice', twiml('<Dial><Conference record="record-from-start">c1</Conference></Dial>'))
  const url = `${app.url}/voice`
  await client.api.v2010.accounts(client.accountSid).fetch()

  const [country] = await client.availablePhoneNumbers.list()
  await client.availablePhoneNumbers('US').fetch()
  expect(country?.countryCode).toBe('US')
  const [offer] = await client.availablePhoneNumbers('US').local.list({ areaCode: 415, limit: 5 })
  const number = await client.incomingPhoneNumbers.create({ phoneNumber: offer?.phoneNumber ?? '', voiceUrl: url })
  await client.incomingPhoneNumbers(number.sid).update({ friendlyName: 'Support', voiceFallbackUrl: url, statusCallback: url })
  await client.incomingPhoneNumbers(number.sid).fetch()
  await client.incomingPhoneNumbers.list({ phoneNumber: number.phoneNumber })

  const address = { customerName: 'A', street: 'S 1', city: 'Berlin', region: 'BE', postalCode: '10115', isoCountry: 'DE' }
  const kept = await client.addresses.create(address)
  await client.addresses(kept.sid).fetch()
  await client.addresses.list()
  await client.addresses(kept.sid).remove()

  const application = await client.applications.create({ friendlyName: 'x', voiceUrl: url })
  await client.applications(application.sid).update({ voiceUrl: '' })
  await client.applications(application.sid).fetch()
  await client.applications.list()
  await client.applications(application.sid).remove()

  const lines = [fakeLine(440), fakeLine(600)] as const
  const sids = lines.map((line, index) => world.exchange.dial(`+4850060070${index}`, number.phoneNumber, line))
  await world.listen(500)
  const sid = sids[0] ?? ''
  await client.calls(sid).fetch()
  await client.calls.list({ status: 'in-progress', startTimeAfter: new Date(0) })
  const own = await client.calls(sid).recordings.create()
  await client.calls(sid).recordings(own.sid).fetch()
  await client.calls(sid).recordings(own.sid).update({ status: 'stopped' })
  await client.calls(sid).recordings.list()

  const [conference] = await client.conferences.list({ friendlyName: 'c1', status: 'in-progress' })
  const room1 = client.conferences(conference?.sid ?? '')
  await room1.fetch()
  await room1.participants.list()
  await room1.participants(sid).fetch()
  await room1.participants(sid).update({ hold: true, muted: true, endConferenceOnExit: false })
  world.ringsAt('client:anna')
  const rung = await room1.participants.create({ to: 'client:anna', from: number.phoneNumber, label: 'anna' })
  await room1.participants('anna').fetch()
  await room1.participants('anna').remove()
  expect((await client.calls(rung.callSid).fetch()).status).toBe('canceled')
  await room1.recordings.list()
  await room1.update({ status: 'completed' })
  await world.skip(500)
  await room1.fetch()

  world.answersAt('+14155550199', fakeLine(0))
  const out = await client.calls.create({ to: '+14155550199', from: number.phoneNumber, twiml: twiml('<Pause length="60"/>') })
  await world.skip(500)
  await client.calls(out.sid).update({ twiml: twiml('<Pause length="5"/>') })
  await client.calls(out.sid).update({ status: 'completed' })
  await client.calls(out.sid).remove()

  const [recording] = await client.recordings.list({ conferenceSid: conference?.sid })
  await client.recordings(recording?.sid ?? '').fetch()
  await client.recordings(recording?.sid ?? '').remove()
  await client.incomingPhoneNumbers(number.sid).remove()
  expect(room.store.data.numbers).toEqual([])
}

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** A client whose answers are all judged; the verdicts that are not '' are collected. */
function judgedClient(description: Description) {
  const judge = createJudge(description)
  const verdicts: string[] = []
  const seen = new Set<string>()
  const httpClient = redirectedTo(world.baseUrl)
  const request = httpClient.request.bind(httpClient)
  httpClient.request = async (options) => {
    const response = await request(options)
    const path = new URL(options.uri).pathname
    seen.add(`${options.method.toUpperCase()} ${path.replace(/[A-Z]{2}[0-9a-f]{32}/g, '*')}`)
    const body: unknown = typeof response.body === 'string' && response.body ? JSON.parse(response.body) : response.body
    const verdict = response.statusCode === 204 ? '' : judge(options.method, path, response.statusCode, body)
    if (verdict) verdicts.push(verdict)
    return response
  }
  const { accountSid, authToken } = world.room.store.data
  return { client: twilio(accountSid, authToken, { httpClient }), verdicts, seen }
}

test('every answer to the twilio package is as the extract of its description says', async () => {
  const { client, verdicts, seen } = judgedClient(read(resolve(import.meta.dirname, 'twilio-schemas.json')))
  await everything(world, client)
  expect(verdicts).toEqual([])
  expect(seen.size).toBeGreaterThan(35)
})

const there = existsSync(whole)
if (!there) console.warn('SKIPPED: the whole of twilio_api_v2010.json is not beside this checkout; only the extract was used.')
test.skipIf(!there)('every answer is as the whole of the description says', async () => {
  const { client, verdicts } = judgedClient(read(whole))
  await everything(world, client)
  expect(verdicts).toEqual([])
})

test('the judge sees a wrong value, a property too many and a wrong status', () => {
  const judge = createJudge(read(resolve(import.meta.dirname, 'twilio-schemas.json')))
  const path = '/2010-04-01/Accounts/AC1/Calls/CA1.json'
  expect(judge('GET', path, 200, { status: 'completed' })).toBe('')
  expect(judge('GET', path, 200, { status: 'finished' })).toContain('allowed values')
  expect(judge('GET', path, 200, { colour: 'red' })).toContain('additional properties')
  expect(judge('GET', path, 201, {})).toContain('has no answer 201')
})

describe('refusals are as Twilio writes them', () => {
  const status = (promise: Promise<unknown>) => expect(promise).rejects
  test('codes', async () => {
    const { client, baseUrl, room } = world
    const { accountSid, applicationSid } = room.store.data
    const stranger = twilio(accountSid, 'wrong', { httpClient: redirectedTo(baseUrl) })
    await status(stranger.calls.list()).toMatchObject({ status: 401, code: 20003 })
    await status(client.calls(`CA${'0'.repeat(32)}`).fetch()).toMatchObject({ status: 404, code: 20404 })
    await status(client.applications(applicationSid).update({ smsUrl: 'https://a.example' })).toMatchObject({ status: 400, code: 20001 })
    await status(client.availablePhoneNumbers('DE').local.list({ areaCode: 30 })).toMatchObject({ status: 400 })
    await status(client.availablePhoneNumbers('ZZ').local.list()).toMatchObject({ status: 404, code: 20404 })
    await status(client.incomingPhoneNumbers.create({ phoneNumber: '+48123' })).toMatchObject({ code: 21422 })
  })

  test('a number that needs an address or a bundle is bought only with it', async () => {
    const { client } = world
    const [offer] = await client.availablePhoneNumbers('DE').local.list({ limit: 1 })
    const phoneNumber = offer?.phoneNumber ?? ''
    expect(offer?.addressRequirements).toBe('local')
    await status(client.incomingPhoneNumbers.create({ phoneNumber })).toMatchObject({ code: 21631 })
    const make = (isoCountry: string) =>
      client.addresses.create({ customerName: 'A', street: 'S 1', city: 'X', region: 'X', postalCode: '1', isoCountry })
    const addressSid = (await make('DE')).sid
    const foreign = (await make('PL')).sid
    await status(client.incomingPhoneNumbers.create({ phoneNumber, addressSid: foreign })).toMatchObject({ code: 21615 })
    await status(client.incomingPhoneNumbers.create({ phoneNumber, addressSid })).toMatchObject({ code: 21649 })
    const bundle = (digit: string, status: string) => {
      const settings = { FriendlyName: 'Papers', Status: status, IsoCountry: 'DE', NumberType: 'local' }
      world.room.store.data.bundles.push({ sid: `BU${digit.repeat(32)}`, createdAt: 0, updatedAt: 0, settings })
      return `BU${digit.repeat(32)}`
    }
    const unknown = client.incomingPhoneNumbers.create({ phoneNumber, addressSid, bundleSid: `BU${'0'.repeat(32)}` })
    await status(unknown).toMatchObject({ code: 21649 })
    const inReview = client.incomingPhoneNumbers.create({ phoneNumber, addressSid, bundleSid: bundle('1', 'in-review') })
    await status(inReview).toMatchObject({ code: 21649 })
    const bought = await client.incomingPhoneNumbers.create({ phoneNumber, addressSid, bundleSid: bundle('2', 'twilio-approved') })
    expect(bought.addressRequirements).toBe('local')
    await status(client.incomingPhoneNumbers.create({ phoneNumber, addressSid })).toMatchObject({ code: 21422 })
  })

  test('the message names the parameter that is not known', async () => {
    const { accountSid, authToken } = world.room.store.data
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
    const response = await fetch(`${world.baseUrl}/2010-04-01/Accounts/${accountSid}/Calls.json`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ To: 'client:a', From: 'b', Twiml: '<Response/>', Colour: 'red' }),
    })
    expect(await response.json()).toMatchObject({ status: 400, code: 20001, message: expect.stringContaining('Parameter Colour') })
  })
})

test('filters find numbers by place, digits and letters, and lists come in pages', async () => {
  const { client } = world
  const local = (country: string) => client.availablePhoneNumbers(country).local
  expect((await local('US').list({ areaCode: 212, limit: 3 })).every(({ phoneNumber }) => phoneNumber.startsWith('+1212'))).toBe(true)
  expect((await local('PL').list({ inLocality: 'Kraków', limit: 3 })).every(({ phoneNumber }) => phoneNumber.startsWith('+4812'))).toBe(
    true,
  )
  expect((await local('PL').list({ contains: '+4871', limit: 3 })).every(({ locality }) => locality === 'Wrocław')).toBe(true)
  expect(await local('US').list({ smsEnabled: true })).toEqual([])
  expect(await local('DE').list({ excludeAllAddressRequired: true })).toEqual([])
  const all = await local('US').list({ pageSize: 20 })
  expect(all).toHaveLength(90)
  expect(new Set(all.map(({ phoneNumber }) => phoneNumber)).size).toBe(90)
})
