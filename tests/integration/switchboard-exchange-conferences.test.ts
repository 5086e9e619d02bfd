import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTone } from '../../switchboard/media/tone.ts'
import { writeWav } from '../../switchboard/media/wav.ts'
import { type FakeLine, fakeLine, openWorld, twiml, type World } from './switchboard-exchange-world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const ROOM = `<Dial action="after"><Conference beep="false" statusCallback="/conf" statusCallbackEvent="start end join leave mute hold modify announcement">c1</Conference></Dial>`

/** Puts tones into one conference; returns their lines and CallSids, and the conference's sid. */
async function meet(tones: number[], document = ROOM) {
  world.app.on('/voice', twiml(document))
  world.app.on('/conf', '')
  world.app.on('/after', twiml('<Hangup/>'))
  const number = await world.buyNumber()
  const lines: FakeLine[] = []
  const sids: string[] = []
  for (const hz of tones) {
    const line = fakeLine(hz)
    lines.push(line)
    sids.push(world.exchange.dial(`+4850000${hz}0`, number, line))
    await world.skip(300)
  }
  const [conference] = await world.client.conferences.list({ friendlyName: 'c1' })
  return { lines: lines as [FakeLine, FakeLine, FakeLine], sids, conference: conference?.sid ?? '' }
}

const events = () => world.app.at('/conf').map(({ fields }) => fields.StatusCallbackEvent)

test('three in a conference hear each other and never themselves', async () => {
  const { lines } = await meet([440, 600, 800])
  await world.listen(1000)
  for (const line of lines) {
    const own = [440, 600, 800][lines.indexOf(line)]
    for (const hz of [440, 600, 800]) {
      if (hz === own) expect(line.hears(hz)).toBeLessThan(-60)
      else expect(line.hears(hz)).toBeGreaterThan(-20)
    }
  }
})

test('who is alone hears the built-in music; it starts with the second', async () => {
  const { lines, conference } = await meet([440])
  await world.listen(600)
  expect(lines[0].peak()).toBeGreaterThan(500)
  expect((await world.client.conferences(conference).fetch()).status).toBe('init')
  const second = fakeLine(600)
  world.exchange.dial('+48500000001', (await world.client.incomingPhoneNumbers.list())[0]?.phoneNumber ?? '', second)
  await world.listen(1000)
  expect(lines[0].hears(600)).toBeGreaterThan(-20)
  expect((await world.client.conferences(conference).fetch()).status).toBe('in-progress')
  expect(events()).toEqual(['participant-join', 'participant-join', 'conference-start'])
})

test('on hold one hears the music and the others neither it nor the held one; then all is as before', async () => {
  const { lines, sids, conference } = await meet([440, 600, 800])
  const [held, second] = lines
  const participant = world.client.conferences(conference).participants(sids[0] ?? '')
  expect((await participant.update({ hold: true })).hold).toBe(true)
  await world.listen(1000)
  expect(held.peak()).toBeGreaterThan(500)
  expect(held.hears(600)).toBeLessThan(-40)
  expect(second.hears(440)).toBeLessThan(-60)
  expect(second.hears(800)).toBeGreaterThan(-20)
  await participant.update({ hold: false })
  await world.listen(1000)
  expect(held.hears(600)).toBeGreaterThan(-20)
  expect(second.hears(440)).toBeGreaterThan(-20)
  expect(events().slice(-2)).toEqual(['participant-hold', 'participant-unhold'])
})

test("hold music of the app's own is played, and a document of Play and Say is asked for again at its end", async () => {
  const { app, client } = world
  app.on('/hold', twiml('<Play>hold.wav</Play>'))
  app.on('/hold.wav', { type: 'audio/wav', body: writeWav(makeTone(1200, 3000)) })
  const { lines, sids, conference } = await meet([440, 600])
  await client
    .conferences(conference)
    .participants(sids[0] ?? '')
    .update({ hold: true, holdUrl: `${app.url}/hold` })
  await world.listen(1500)
  expect(lines[0].hears(1200)).toBeGreaterThan(-20)
  expect(lines[1].hears(1200)).toBeLessThan(-60)
  await world.skip(7000)
  expect(app.at('/hold').length).toBeGreaterThanOrEqual(3)
})

test('who waits for the conference hears the app’s sound, however long', async () => {
  world.app.on('/tone.wav', { type: 'audio/wav', body: writeWav(makeTone(1200, 10_000)) })
  const { lines } = await meet([440], ROOM.replace('beep=', 'waitUrl="/tone.wav" waitMethod="GET" beep='))
  await world.listen(1500)
  expect(lines[0].hears(1200)).toBeGreaterThan(-20)
})

test('a muted one is not heard and hears', async () => {
  const { lines, sids, conference } = await meet([440, 600])
  await world.client
    .conferences(conference)
    .participants(sids[0] ?? '')
    .update({ muted: true })
  await world.listen(1000)
  expect(lines[1].peak()).toBe(0)
  expect(lines[0].hears(600)).toBeGreaterThan(-20)
  expect(events().at(-1)).toBe('participant-mute')
})

test('an announcement is heard by all over the talk, or by one alone', async () => {
  const { app, client } = world
  app.on('/note', twiml('<Play>note.wav</Play>'))
  app.on('/note.wav', { type: 'audio/wav', body: writeWav(makeTone(1500, 2000)) })
  const { lines, sids, conference } = await meet([440, 600])
  await client.conferences(conference).update({ announceUrl: `${app.url}/note` })
  await world.listen(1000)
  for (const line of lines) expect(line.hears(1500)).toBeGreaterThan(-20)
  await world.skip(2000)
  expect(events().at(-1)).toBe('announcement-end')
  await client
    .conferences(conference)
    .participants(sids[0] ?? '')
    .update({ announceUrl: `${app.url}/note` })
  await world.listen(1000)
  expect(lines[0].hears(1500)).toBeGreaterThan(-20)
  expect(lines[1].hears(1500)).toBeLessThan(-60)
})

test('leaving tells why, and the last one out ends it', async () => {
  const { lines, sids, conference } = await meet([440, 600])
  lines[0].hangUp()
  await world.skip(300)
  const left = world.app.at('/conf').at(-1)?.fields
  expect(left).toMatchObject({ StatusCallbackEvent: 'participant-leave', CallSid: sids[0], ReasonParticipantLeft: 'participant_hung_up' })
  expect((await world.client.conferences(conference).fetch()).status).toBe('in-progress')
  await world.client
    .conferences(conference)
    .participants(sids[1] ?? '')
    .remove()
  await world.skip(500)
  expect(lines[1].ending?.status).toBe('completed')
  const over = await world.client.conferences(conference).fetch()
  expect(over).toMatchObject({ status: 'completed', reasonConferenceEnded: 'last-participant-kicked', callSidEndingConference: sids[1] })
  expect(events().slice(-2)).toEqual(['participant-leave', 'conference-end'])
  const numbers = world.app.at('/conf').map(({ fields }) => Number(fields.SequenceNumber))
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})

test('one with endConferenceOnExit takes the others along, to their next document', async () => {
  const { lines, conference } = await meet([440, 600], ROOM.replace('beep=', 'endConferenceOnExit="true" beep='))
  lines[0].hangUp()
  await world.skip(500)
  expect(lines[1].ending?.status).toBe('completed')
  expect(world.app.at('/after').at(-1)?.fields).toMatchObject({ DialCallStatus: 'answered' })
  expect((await world.client.conferences(conference).fetch()).reasonConferenceEnded).toBe('participant-with-end-conference-on-exit-left')
})

test('REST ends a conference for everybody', async () => {
  const { lines, conference } = await meet([440, 600])
  await world.client.conferences(conference).update({ status: 'completed' })
  await world.skip(500)
  expect(lines.map((line) => line.ending?.status)).toEqual(['completed', 'completed'])
})

test('a participant is dialled in by label, the others hear it ring, and a redirect takes one out', async () => {
  const { app, client } = world
  const { lines, sids, conference } = await meet([440])
  app.on('/leg', '')
  app.on('/elsewhere', twiml('<Pause length="60"/>'))
  world.ringsAt('+48777888999')
  const from = (await client.incomingPhoneNumbers.list())[0]?.phoneNumber ?? ''
  const order = { from, to: '+48777888999', label: 'customer', earlyMedia: true, beep: 'false' }
  const waiting = await client.conferences(conference).participants.create({ ...order, timeout: 10 })
  expect(waiting).toMatchObject({ label: 'customer', status: 'queued' })
  expect((await client.conferences(conference).participants('customer').fetch()).status).toBe('ringing')
  await world.skip(16_000)
  expect((await client.calls(waiting.callSid).fetch()).status).toBe('no-answer')
  const customer = fakeLine(900)
  world.answersAt('+48777888999', customer)
  await client.conferences('c1').participants.create(order)
  await world.listen(1000)
  expect(lines[0].hears(900)).toBeGreaterThan(-20)
  expect(customer.hears(440)).toBeGreaterThan(-20)
  expect((await client.conferences(conference).participants('customer').fetch()).status).toBe('connected')
  await client.calls(sids[0] ?? '').update({ url: `${app.url}/elsewhere` })
  await world.listen(500)
  expect(lines[0].peak()).toBe(0)
  expect(customer.peak()).toBe(0)
  expect(world.app.at('/conf').at(-1)?.fields.ReasonParticipantLeft).toBe('participant_updated_via_api')
})

test("only the first participant's callback is told", async () => {
  await meet([440])
  world.app.on('/voice', twiml(ROOM.replace('/conf', '/other')))
  const number = (await world.client.incomingPhoneNumbers.list())[0]?.phoneNumber ?? ''
  world.exchange.dial('+48500000002', number, fakeLine(0))
  await world.skip(500)
  expect(world.app.at('/other')).toHaveLength(0)
  expect(events().filter((event) => event === 'participant-join')).toHaveLength(2)
})

test('a conference is recorded with everybody in it, and the recording pauses and goes on', async () => {
  const document = ROOM.replace('beep=', 'record="record-from-start" recordingStatusCallback="/rec" beep=')
  world.app.on('/rec', '')
  const { lines, conference } = await meet([440, 600], document)
  await world.listen(2000)
  const [recording] = await world.client.conferences(conference).recordings.list()
  const handle = world.client.conferences(conference).recordings(recording?.sid ?? '')
  expect((await handle.update({ status: 'paused' })).status).toBe('paused')
  await world.listen(2000)
  await handle.update({ status: 'in-progress' })
  await world.listen(1000)
  for (const line of lines) line.hangUp()
  await world.skip(300)
  expect(world.app.at('/rec')[0]?.fields).toMatchObject({ RecordingDuration: '3', RecordingStatus: 'completed', ConferenceSid: conference })
})

test("keys pressed by one reach the others' lines, but not who is on hold", async () => {
  const { lines, sids, conference } = await meet([440, 600, 800])
  await world.client
    .conferences(conference)
    .participants(sids[2] ?? '')
    .update({ hold: true })
  lines[0].press('5')
  expect(lines.map(({ signals }) => signals.includes('digits 5'))).toEqual([false, true, false])
})
