import { expect, test } from 'vitest'
import { parseTwiml } from '../../switchboard/twiml/parse.ts'
import { ELEMENTS } from '../../switchboard/twiml/verbs.ts'

const parse = (inner: string) => parseTwiml(`<Response>${inner}</Response>`)

/** The least that each verb needs to be let in. */
const LEAST: Record<string, string> = {
  Say: '<Say>hi</Say>',
  Play: '<Play>http://a.b/c.wav</Play>',
  Pause: '<Pause/>',
  Record: '<Record/>',
  Redirect: '<Redirect>next</Redirect>',
  Hangup: '<Hangup/>',
  Reject: '<Reject/>',
  Leave: '<Leave/>',
  Enqueue: '<Enqueue>q</Enqueue>',
  Gather: '<Gather/>',
  Dial: '<Dial>+48111222333</Dial>',
}

test.each(Object.entries(LEAST))('%s is known, and refuses an attribute that is not', (name, document) => {
  expect(parse(document)[0]?.name).toBe(name)
  expect(() => parse(document.replace(`<${name}`, `<${name} colour="red"`))).toThrow(`Attribute colour of <${name}> is not known`)
})

test.each(Object.keys(ELEMENTS).filter((name) => !LEAST[name] && name !== 'Response'))('%s may not stand as a verb', (name) => {
  expect(() => parse(`<${name}>x</${name}>`)).toThrow('may not stand in <Response>')
})

test.each([
  ['<Shout/>', 12200, '<Shout> in <Response> is not known'],
  ['<say>hi</say>', 12200, '<say> in <Response> is not known'],
  ['<Say></Say>', 13520, 'has no text'],
  [`<Say>${'x'.repeat(4097)}</Say>`, 13520, '4096 at most'],
  ['<Say loop="often">hi</Say>', 12200, 'loop="often" of <Say> must be a whole number from 0 to 1000'],
  ['<Say>hi <break/></Say>', 12200, '<break> in <Say> is not known'],
  ['<Play/>', 13420, 'neither an address nor digits'],
  ['<Play digits="5x"/>', 12200, 'digits'],
  ['<Pause length="-1"/>', 12200, 'whole number'],
  ['<Pause>words</Pause>', 12200, 'has text where none belongs'],
  ['<Record playBeep="yes"/>', 12200, 'must be true or false'],
  ['<Record transcribe="true"/>', 12200, 'maxLength from 2 to 120'],
  ['<Record recordingStatusCallbackEvent="completed done"/>', 12200, 'has "done"'],
  ['<Reject reason="rude"/>', 12200, 'must be one of rejected, busy'],
  ['<Gather input="speech"/>', 12200, 'must be one of dtmf'],
  ['<Gather speechTimeout="3"/>', 12200, 'is not carried by this switchboard'],
  ['<Gather><Hangup/></Gather>', 12200, '<Hangup> may not stand in <Gather>'],
  ['<Dial/>', 13201, 'nobody to dial'],
  ['<Dial timeout="4">+48111222333</Dial>', 12200, 'from 5 to 600'],
  ['<Dial callerId="me">+48111222333</Dial>', 12200, 'E.164'],
  [`<Dial>${'<Client>a</Client>'.repeat(11)}</Dial>`, 12200, '10 at most'],
  ['<Dial><Conference>a</Conference><Client>b</Client></Dial>', 12200, 'stands alone'],
  ['<Dial><Conference coach="CA1">a</Conference></Dial>', 12200, 'coach of <Conference> is not carried'],
  ['<Dial><Conference maxParticipants="251">a</Conference></Dial>', 12200, 'from 2 to 250'],
  ['<Dial><Conference statusCallbackEvent="speaker">a</Conference></Dial>', 12200, 'has "speaker"'],
  ['<Dial><Client/></Dial>', 12200, 'names nobody'],
  ['<Dial><Queue>q</Queue></Dial>', 12200, '<Queue> in <Dial> is not known'],
] as const)('%s', (document, code, words) => {
  expect(() => parse(document)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }))
})

test.each([
  ['no XML', 'hello', 12100],
  ['nothing', '', 12100],
  ['an open tag', '<Response><Pause>', 12100],
  ['another root', '<Answer/>', 12100],
])('%s is a parse failure', (_, text, code) => {
  expect(() => parseTwiml(text)).toThrow(expect.objectContaining({ code }))
})

test('defaults are the documented ones', () => {
  const [dial, record, gather] = parse('<Dial><Conference>c</Conference></Dial><Record/><Gather/>')
  expect(dial?.attributes).toMatchObject({ timeout: 30, timeLimit: 14_400, hangupOnStar: false, answerOnBridge: false })
  expect(dial?.children[0]?.attributes).toMatchObject({
    beep: 'true',
    muted: false,
    startConferenceOnEnter: true,
    endConferenceOnExit: false,
    maxParticipants: 250,
    waitMethod: 'POST',
    statusCallbackEvent: [],
  })
  expect(record?.attributes).toMatchObject({
    timeout: 5,
    maxLength: 3600,
    playBeep: true,
    trim: 'trim-silence',
    finishOnKey: '1234567890*#',
  })
  expect(gather?.attributes).toMatchObject({ timeout: 5, finishOnKey: '#', input: 'dtmf', actionOnEmptyResult: false })
})

test('text is unescaped and trimmed, comments are passed over', () => {
  expect(parse('<!-- x --><Say> Tom &amp; <![CDATA[<Jerry>]]> </Say>')[0]?.text).toBe('Tom & <Jerry>')
})
