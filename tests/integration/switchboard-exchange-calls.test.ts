import { afterEach, beforeEach, expect, test } from 'vitest'
import { toneDbfs } from '../../switchboard/media/measure.ts'
import { makeTone } from '../../switchboard/media/tone.ts'
import { readWav, writeWav } from '../../switchboard/media/wav.ts'
import { fakeLine, openWorld, twiml, type World } from './switchboard-exchange-world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const statusOf = async (sid: string) => (await world.client.calls(sid).fetch()).status

test('a caller hears ringback, then the unanswered document, and every webhook is signed', async () => {
  const { app } = world
  app.on('/ring.wav', { type: 'audio/wav', body: writeWav(makeTone(425, 10_000)) })
  app.on('/voice', twiml('<Play>ring.wav</Play><Redirect>unanswered?call=1</Redirect>'))
  app.on('/unanswered', twiml('<Pause length="2"/><Hangup/>'))
  const number = await world.buyNumber({ statusCallback: `${app.url}/status` })
  const caller = fakeLine(440)
  const sid = world.exchange.dial('+48500600700', number, caller)
  await world.listen(1000)
  expect(caller.signals).toEqual(['ringing', 'answered'])
  expect(caller.hears(425)).toBeGreaterThan(-20)
  expect(await statusOf(sid)).toBe('in-progress')
  expect(app.at('/voice')[0]?.fields).toMatchObject({
    CallSid: sid,
    From: '+48500600700',
    To: number,
    CallStatus: 'ringing',
    Direction: 'inbound',
  })
  expect(app.at('/unanswered')).toHaveLength(0)
  await world.skip(9500)
  expect(app.at('/unanswered')).toHaveLength(1)
  expect(app.at('/unanswered')[0]?.fields).toMatchObject({ call: '1', CallStatus: 'in-progress' })
  await world.skip(3000)
  expect(caller.ending).toEqual({ status: 'completed' })
  const call = await world.client.calls(sid).fetch()
  expect(call.status).toBe('completed')
  expect([12, 13]).toContain(Number(call.duration))
  expect(app.at('/status')[0]?.fields).toMatchObject({ CallStatus: 'completed', CallDuration: call.duration })
  expect(app.asked.every((asked) => asked.valid)).toBe(true)
})

test('a call is redirected only while it is in progress, and what ran before falls silent', async () => {
  const { app } = world
  app.on('/tone.wav', { type: 'audio/wav', body: writeWav(makeTone(500, 60_000)) })
  app.on('/voice', twiml('<Play loop="0">tone.wav</Play>'))
  app.on('/next', twiml('<Pause length="30"/>'))
  const number = await world.buyNumber()
  const caller = fakeLine(0)
  const sid = world.exchange.dial('+48500600700', number, caller)
  await expect(world.client.calls(sid).update({ url: `${app.url}/next` })).rejects.toMatchObject({ code: 21220 })
  await world.listen(600)
  expect(caller.hears(500)).toBeGreaterThan(-20)
  await world.client.calls(sid).update({ url: `${app.url}/next` })
  await world.listen(1000)
  expect(app.at('/next')).toHaveLength(1)
  expect(caller.peak()).toBe(0)
  await world.client.calls(sid).update({ status: 'completed' })
  expect(caller.ending?.status).toBe('completed')
  await expect(world.client.calls(sid).update({ url: `${app.url}/next` })).rejects.toMatchObject({ code: 21220 })
})

test('a voicemail is recorded with the tone in it, told of, and can be fetched', async () => {
  const { app, client } = world
  app.on('/voice', twiml('<Record maxLength="60" action="recorded" recordingStatusCallback="rec-status"/>'))
  app.on('/recorded', twiml('<Hangup/>'))
  const number = await world.buyNumber()
  const caller = fakeLine(440)
  const sid = world.exchange.dial('anonymous', number, caller)
  await world.listen(3500)
  caller.press('#')
  await world.listen(200)
  const { RecordingSid = '', RecordingUrl = '', ...fields } = app.at('/recorded')[0]?.fields ?? {}
  expect(fields).toMatchObject({ CallSid: sid, From: 'anonymous', Digits: '#', RecordingDuration: '3' })
  expect(app.at('/rec-status')[0]?.fields).toMatchObject({ RecordingSid, RecordingStatus: 'completed', RecordingSource: 'RecordVerb' })
  const authorization = `Basic ${Buffer.from(`${client.accountSid}:${client.password}`).toString('base64')}`
  const response = await fetch(`${RecordingUrl}.wav`, { headers: { authorization } })
  const sound = readWav(new Uint8Array(await response.arrayBuffer()))
  expect(sound.length / 8000).toBeCloseTo(3, 0)
  expect(toneDbfs(sound, 440)).toBeGreaterThan(-14)
  expect(toneDbfs(sound, 1000)).toBeLessThan(-60)
  expect((await fetch(`${RecordingUrl}.wav`)).status).toBe(401)
  await client.recordings(RecordingSid).remove()
  await expect(client.recordings(RecordingSid).fetch()).rejects.toMatchObject({ status: 404 })
})

test('a caller who hangs up in the middle of a voicemail leaves the recording and its action', async () => {
  const { app } = world
  app.on('/voice', twiml('<Record action="recorded"/>'))
  app.on('/recorded', twiml(''))
  const caller = fakeLine(440)
  world.exchange.dial('+48500600700', await world.buyNumber(), caller)
  await world.listen(2500)
  caller.hangUp()
  await world.skip(100)
  expect(app.at('/recorded')[0]?.fields).toMatchObject({ Digits: 'hangup', CallStatus: 'completed', RecordingDuration: '2' })
})

test('a voicemail in which nothing is said is dropped and the next verb runs', async () => {
  const { app } = world
  app.on('/voice', twiml('<Record action="recorded" timeout="3"/><Redirect>silent</Redirect>'))
  app.on('/silent', twiml('<Hangup/>'))
  world.exchange.dial('+48500600700', await world.buyNumber(), fakeLine(0))
  await world.skip(4500)
  expect(app.at('/recorded')).toHaveLength(0)
  expect(app.at('/silent')).toHaveLength(1)
})

test('keys are gathered while a prompt plays, and no key leads to the next verb', async () => {
  const { app } = world
  app.on('/voice', twiml('<Gather numDigits="2" action="got"><Pause length="60"/></Gather><Hangup/>'))
  app.on('/got', twiml('<Gather timeout="4" action="never"/><Redirect>end</Redirect>'))
  app.on('/end', twiml('<Reject/>'))
  const caller = fakeLine(0)
  world.exchange.dial('+48500600700', await world.buyNumber(), caller)
  await world.skip(1000)
  caller.press('4')
  caller.press('2')
  await world.skip(500)
  expect(app.at('/got')[0]?.fields.Digits).toBe('42')
  await world.skip(5000)
  expect(app.at('/never')).toHaveLength(0)
  expect(app.at('/end')).toHaveLength(1)
})

test('the ring time of a dialled client runs on the clock, then the action is told no-answer', async () => {
  const { app } = world
  app.on(
    '/voice',
    twiml(
      '<Dial timeout="20" action="dialled"><Client statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">anna</Client></Dial>',
    ),
  )
  app.on('/dialled', twiml('<Hangup/>'))
  app.on('/leg', '')
  world.ringsAt('client:anna')
  const caller = fakeLine(0)
  const sid = world.exchange.dial('+48500600700', await world.buyNumber(), caller)
  await world.listen(600)
  expect(caller.hears(425)).toBeGreaterThan(-30)
  await world.skip(15_000)
  expect(app.at('/dialled')).toHaveLength(0)
  await world.skip(6000)
  expect(app.at('/dialled')[0]?.fields).toMatchObject({ CallSid: sid, DialCallStatus: 'no-answer' })
  expect(app.at('/leg').map((asked) => asked.fields.CallStatus)).toEqual(['queued', 'ringing', 'no-answer'])
  expect(app.at('/leg')[0]?.fields.ParentCallSid).toBe(sid)
})

test('the first of two dialled parties to answer hears the caller, the other stops ringing', async () => {
  const { app } = world
  app.on('/voice', twiml('<Dial action="dialled"><Client>anna</Client><Number>+48111222333</Number></Dial>'))
  app.on('/dialled', twiml(''))
  const number = await world.buyNumber()
  const caller = fakeLine(440)
  const anna = fakeLine(600)
  world.answersAt('client:anna', anna)
  world.ringsAt('+48111222333')
  const sid = world.exchange.dial('+48500600700', number, caller)
  await world.listen(1000)
  expect(anna.hears(440)).toBeGreaterThan(-20)
  expect(caller.hears(600)).toBeGreaterThan(-20)
  const children = await world.client.calls.list({ parentCallSid: sid })
  expect(children.map((call) => call.status).sort()).toEqual(['canceled', 'in-progress'])
  anna.hangUp()
  await world.skip(200)
  expect(app.at('/dialled')[0]?.fields).toMatchObject({ DialCallStatus: 'completed' })
})

test('REST rings a phone, tells its progress and runs the document on answer', async () => {
  const { app, client } = world
  app.on('/out', twiml('<Pause length="5"/>'))
  app.on('/progress', '')
  const from = await world.buyNumber()
  const phone = fakeLine(0)
  world.answersAt('+48777888999', phone)
  const call = await client.calls.create({
    to: '+48777888999',
    from,
    url: `${app.url}/out`,
    statusCallback: `${app.url}/progress`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  })
  expect(call.status).toBe('queued')
  await world.skip(6000)
  expect(app.at('/out')[0]?.fields).toMatchObject({ CallSid: call.sid, Direction: 'outbound-api', CallStatus: 'in-progress' })
  const progress = app.at('/progress').map((asked) => [asked.fields.SequenceNumber, asked.fields.CallStatus])
  expect(progress).toEqual([
    ['0', 'queued'],
    ['1', 'ringing'],
    ['2', 'in-progress'],
    ['3', 'completed'],
  ])
  await expect(client.calls.create({ to: 'nobody', from, url: `${app.url}/out` })).rejects.toMatchObject({ code: 21211 })
  await expect(client.calls.create({ to: '+48777888999', from: '+15005550006', url: `${app.url}/out` })).rejects.toMatchObject({
    code: 21210,
  })
})

test('an SDK client is asked for with its identity and its own parameters', async () => {
  const { app, client, room } = world
  app.on('/join', twiml('<Reject reason="busy"/>'))
  await client.applications(room.store.data.applicationSid).update({ voiceUrl: `${app.url}/join` })
  const line = fakeLine(0)
  const { accountSid, applicationSid } = room.store.data
  world.exchange.connect({ accountSid, applicationSid, identity: 'anna', params: { call: 'c1', epoch: '2' } }, line)
  await world.skip(300)
  expect(app.at('/join')[0]?.fields).toMatchObject({ From: 'client:anna', To: '', call: 'c1', epoch: '2' })
  expect(line.ending?.status).toBe('busy')
  expect(line.signals).not.toContain('answered')
})

test('a number that nobody owns fails at once', () => {
  const line = fakeLine(0)
  world.exchange.dial('+48500600700', '+48999999999', line)
  expect(line.ending).toMatchObject({ status: 'failed', code: 21212 })
})

test('a caller waits in a queue with music until Leave', async () => {
  const { app } = world
  app.on('/voice', twiml('<Enqueue waitUrl="wait" action="left">support</Enqueue>'))
  app.on('/wait', twiml('<Pause length="10"/><Leave/>'))
  app.on('/left', twiml('<Hangup/>'))
  world.exchange.dial('+48500600700', await world.buyNumber(), fakeLine(0))
  await world.skip(5000)
  expect(app.at('/wait')[0]?.fields).toMatchObject({ QueuePosition: '1', CurrentQueueSize: '1' })
  await world.skip(6000)
  expect(app.at('/left')[0]?.fields).toMatchObject({ QueueResult: 'leave', QueueTime: '10' })
})

test('the other leg of a dialled call can be redirected: it goes on, and the caller gets the next verb', async () => {
  const { app, client } = world
  app.on('/voice', twiml('<Dial><Client>anna</Client></Dial><Redirect>after</Redirect>'))
  app.on('/after', twiml('<Pause length="60"/>'))
  app.on('/transfer', twiml('<Pause length="60"/>'))
  const anna = fakeLine(600)
  world.answersAt('client:anna', anna)
  const caller = fakeLine(440)
  const sid = world.exchange.dial('+48500600700', await world.buyNumber(), caller)
  await world.listen(500)
  caller.press('7')
  expect(anna.signals).toContain('digits 7')
  const [child] = await client.calls.list({ parentCallSid: sid })
  await client.calls(child?.sid ?? '').update({ url: `${app.url}/transfer` })
  await world.listen(500)
  expect(app.at('/transfer')[0]?.fields.CallSid).toBe(child?.sid)
  expect(app.at('/after')[0]?.fields.CallSid).toBe(sid)
  expect(anna.peak()).toBe(0)
  expect(anna.ending).toBeUndefined()
})

test('a call is placed only from a number of the account, whichever way', async () => {
  const { app } = world
  app.on('/voice', twiml('<Dial callerId="+15005550006"><Number>+48111222333</Number></Dial>'))
  const sid = world.exchange.dial('+48500600700', await world.buyNumber(), fakeLine(0))
  await world.skip(1000)
  expect(world.room.log.list(sid)).toContainEqual(expect.objectContaining({ kind: 'error', code: 13214 }))
})
