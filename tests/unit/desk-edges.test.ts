import { describe, expect, test, vi } from 'vitest'
import { alertsFor } from '../../background/alerts.ts'
import { createCommands } from '../../background/commands.ts'
import { createDesk } from '../../background/desk.ts'
import { createJournal, report } from '../../background/diagnostics.ts'
import type { Effect } from '../../background/inputs.ts'
import { mayConnect } from '../../background/ports.ts'
import { view } from '../../background/view.ts'
import { createVoiceHost, type VoicePort } from '../../background/voice-host.ts'
import { parseSignInLink } from '../../utils/sign-in-link.ts'
import { anna, call, id, offered, open, play, ways } from './desk-samples.ts'

vi.mock('../../utils/browser.ts', () => ({ browser: {} }))

describe('who may open a port', () => {
  const own = { id: 'ours', origin: 'chrome-extension://ours' }
  const page = { id: 'ours', url: 'chrome-extension://ours/popup.html', origin: 'chrome-extension://ours' }
  const script = { id: 'ours', url: 'https://crm.example/contacts', origin: 'https://crm.example', tab: { id: 1 } }
  const voice = { id: 'ours', url: 'chrome-extension://ours/voice.html', origin: 'chrome-extension://ours' }
  test.each([
    ['the popup as a view', 'view:popup', page, true],
    ['a script in a page as a view', 'view:desk', script, false],
    ['a script in a page as the voice page', 'voice', script, false],
    ['a script in a page as the door', 'door', script, true],
    ['an extension page as the door', 'door', page, false],
    ['another extension', 'view:popup', { ...page, id: 'other' }, false],
    ['the popup as the voice page', 'voice', page, false],
    ['the voice page', 'voice', voice, true],
    ['the voice page embedded in a tab', 'voice', { ...voice, tab: { id: 1 } }, false],
    ['an origin that only begins like ours', 'view:popup', { id: 'ours', url: 'chrome-extension://ours.evil/popup.html' }, false],
    ['a name that nobody has', 'view:other', page, false],
  ])('%s', (_, name, sender, allowed) => {
    expect(mayConnect(name, sender, own)).toBe(allowed)
  })
})

describe('the desk', () => {
  test('saves before it shows and before it acts; what comes before it woke up waits', async () => {
    const order: string[] = []
    const acts: Effect[] = []
    const desk = createDesk({
      now: () => Date.parse('2026-11-22T08:00:01.000Z'),
      save: async () => void order.push('saved'),
      show: () => order.push('shown'),
      act: (effect) => {
        order.push('acted')
        acts.push(effect)
      },
      note: () => undefined,
    })
    for (const input of ways.ringing ?? []) desk.dispatch(input)
    expect(order).toEqual([])
    desk.dispatch({ type: 'woken', state: null, session: null, devices: null })
    await desk.ready
    await vi.waitFor(() => expect(acts).toContainEqual({ type: 'match-contact', number: '+48600100200' }))
    expect(desk.state().offers).toHaveLength(1)
    expect(order.indexOf('saved')).toBeLessThan(order.indexOf('acted'))
  })
})

describe('the voice host', () => {
  function setUp() {
    const page = { open: false, opened: 0, closed: 0 }
    const gone: unknown[] = []
    const host = createVoiceHost({
      page: {
        isOpen: async () => page.open,
        open: async () => {
          if (page.open) throw new Error('only one')
          page.open = true
          page.opened += 1
        },
        close: async () => {
          page.open = false
          page.closed += 1
        },
      },
      onSaid: () => undefined,
      onGone: (failure) => gone.push(failure),
    })
    const port = () => {
      const posted: unknown[] = []
      let disconnect = () => {}
      const made: VoicePort = {
        postMessage: (message) => posted.push(message),
        onMessage: { addListener: () => undefined },
        onDisconnect: {
          addListener: (listener) => {
            disconnect = listener
          },
        },
      }
      return { made, posted, disconnect: () => disconnect() }
    }
    return { host, page, gone, port }
  }

  test('opens one page, tells it what waited, and closes it when nothing needs it', async () => {
    const { host, page, port } = setUp()
    host.want(true)
    host.want(true)
    host.ring(true)
    host.say({ type: 'mute', muted: true })
    await vi.waitFor(() => expect(page.opened).toBe(1))
    const { made, posted } = port()
    host.attach(made)
    expect(posted).toEqual([{ type: 'report' }, { type: 'ring', on: true }, { type: 'mute', muted: true }])
    host.want(false)
    await vi.waitFor(() => expect(page.closed).toBe(1))
    expect(posted.at(-1)).toEqual({ type: 'close' })
  })

  test('what is said a moment before the page is wanted reaches it; what nobody wanted is lost', async () => {
    const { host, port } = setUp()
    host.say({ type: 'mute', muted: true })
    host.want(false)
    host.say({ type: 'listen', ticket: 'heard' })
    host.want(true)
    const { made, posted } = port()
    host.attach(made)
    expect(posted.slice(2)).toEqual([{ type: 'listen', ticket: 'heard' }])
  })

  test('a page that is there already, after a stopped worker, is taken on and not opened twice', async () => {
    const { host, page, gone, port } = setUp()
    page.open = true
    host.want(true)
    host.attach(port().made)
    await vi.waitFor(() => expect(page.opened).toBe(0))
    expect(gone).toEqual([])
  })

  test('a page that died is opened again', async () => {
    vi.useFakeTimers()
    const { host, page, gone, port } = setUp()
    host.want(true)
    await vi.advanceTimersByTimeAsync(0)
    const { made, disconnect } = port()
    host.attach(made)
    page.open = false
    disconnect()
    await vi.advanceTimersByTimeAsync(3_100)
    expect(gone).toEqual([null])
    expect(page.opened).toBe(2)
    vi.useRealTimers()
  })
})

describe('alerts', () => {
  const words = (key: string, ...values: string[]) => [key, ...values].join(' ')
  test('a ring is a notification with the caller’s name, a badge and a title; all end with it', () => {
    const { state } = play([...open, offered({ contact: { name: 'Ewa Nowak', company: 'Acme', number: '+48600100200' } })])
    expect(alertsFor(view(state), words)).toMatchObject({
      badge: { text: '☎' },
      title: 'tab_ringing',
      notifications: [{ id: `call ${id(10)}`, title: 'notify_call_title Ewa Nowak', message: 'notify_call_body Acme Support', call: true }],
    })
    expect(alertsFor(view(play(ways.claiming ?? []).state), words)).toMatchObject({ badge: { text: '' }, notifications: [] })
  })
  test('a withheld number is called by words', () => {
    const { state } = play([...open, offered({ from: 'anonymous' })])
    expect(alertsFor(view(state), words).notifications[0]?.title).toBe('notify_call_title anonymous')
  })
  test('a blocked phone is marked', () => {
    const { state } = play(open)
    const me = state.me && { ...state.me, status: 'blocked' as const, reason: 'microphone-refused' as const }
    expect(alertsFor(view({ ...state, me }), words)).toMatchObject({ badge: { text: '!' }, title: 'tab_blocked' })
  })
})

describe('the report', () => {
  test('holds codes and counts, and nobody’s name, number, note or token', () => {
    const journal = createJournal()
    const { state } = play([...(ways.live ?? [])])
    journal.note(offered({ contact: { name: 'Ewa Nowak', number: '+48600100200' } }), play(open).state, state, 1)
    journal.failed(new TypeError('could not send “call Ewa back”'), 2)
    const text = report({ state, lines: journal.lines(), version: '1.2.3', userAgent: 'Test', now: 3, counts: { threads: 4 } })
    expect(text).toContain('call=live')
    expect(text).toContain('call-offered')
    for (const secret of ['Ewa', 'Nowak', '+48', anna.name, 'Support', 'token', call().id, 'calls.example'])
      expect(text).not.toContain(secret)
  })
})

describe('a sign-in link', () => {
  test('is taken apart', () => {
    expect(parseSignInLink(' https://calls.example/sign-in#abcdefghijklmnopqrstu ')).toEqual({
      address: 'https://calls.example',
      secret: 'abcdefghijklmnopqrstu',
    })
  })
  test.each(['', 'hello', 'https://calls.example', 'https://calls.example/#short', 'javascript:alert(1)#abcdefghijklmnopqrstu'])(
    '%j is none',
    (text) => {
      expect(() => parseSignInLink(text)).toThrow(expect.objectContaining({ code: 'bad_link' }))
    },
  )
})

describe('a finger on Answer', () => {
  const opens = async (way: string, callId = id(10)) => {
    const openMicrophone = vi.fn()
    const { state } = play(ways[way] ?? [])
    const parts = { desk: { ready: Promise.resolve(), dispatch() {}, state: () => state }, openMicrophone }
    await createCommands(parts as unknown as Parameters<typeof createCommands>[0])({ type: 'open-microphone', callId })
    return openMicrophone.mock.calls.length > 0
  }

  test('opens the microphone for a call that rings here, and for no other', async () => {
    expect(await opens('ringing')).toBe(true)
    expect(await opens('ringing', id(11))).toBe(false)
    for (const way of Object.keys(ways).filter((each) => each !== 'ringing')) expect([way, await opens(way)]).toEqual([way, false])
  })
})
