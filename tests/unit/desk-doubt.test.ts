/** What the desk does where it does not know how a call stands: answers that were lost, legs that were turned away, a hang-up that nobody heard. */
import { describe, expect, test, vi } from 'vitest'
import { createViews, type Port } from '../../background/ports.ts'
import { step } from '../../background/step.ts'
import { nextTick } from '../../background/step-tick.ts'
import { mayInstall } from '../../background/updates.ts'
import { view } from '../../background/view.ts'
import type { Snapshot } from '../../utils/messages.ts'
import {
  accepted,
  answer,
  at,
  call,
  changed,
  claimed,
  decide,
  hangUp,
  id,
  leg,
  offered,
  open,
  play,
  voice,
  ways,
  welcome,
} from './desk-samples.ts'

vi.mock('../../utils/browser.ts', () => ({ browser: {} }))

const claiming = ways.claiming ?? []
const live = ways.live ?? []
const lostAnswer = { type: 'request-failed', request: 'accept', callId: id(10), failure: { code: 'companion_unreachable' } } as const
const lostHangUp = { type: 'hang-up-failed', callId: id(10), epoch: 2, failure: { code: 'companion_unreachable' } } as const
const other = { id: id(11), from: '+48600100201' }
const answerOther = decide({ type: 'answer', callId: id(11) })
const otherClaimed = {
  type: 'accepted',
  callId: id(11),
  claim: { call: claimed(other), epoch: 2, leaseUntil: claimed().arrivedAt },
} as const
const tick = { type: 'tick' } as const

describe('a hang-up that was not heard, while the next call is answered', () => {
  const next = [...live, hangUp, lostHangUp, offered(other), answerOther, otherClaimed, voice(leg('media', { callId: id(11) }))]

  test.each([
    ['its failure', lostHangUp],
    ['its answer', { type: 'hang-up-heard', callId: id(10), epoch: 2, call: claimed({ state: 'ended' }) } as const],
  ])('%s does not cut the new call’s leg', (_, late) => {
    const after = play([...next, late])
    expect(after.effects).not.toContainEqual({ type: 'voice-hang-up' })
    expect(view(after.state).call).toMatchObject({ phase: 'live', call: { id: id(11) } })
  })

  test('the end of the new call does not forget it', () => {
    expect(play([...next, changed({ ...other, state: 'ended' })]).state.hangUps).toMatchObject([{ callId: id(10) }])
  })

  test('neither does a second that was not heard: both are said again when the line is back', () => {
    const second = { type: 'hang-up-failed', callId: id(11), epoch: 2, failure: { code: 'companion_unreachable' } } as const
    const { state } = play([...next, hangUp, second])
    const back = step(state, welcome(), at(9))
    const said = (callId: string) => ({ type: 'hang-up', callId, epoch: 2 })
    expect(back.effects.filter(({ type }) => type === 'hang-up')).toEqual([said(id(10)), said(id(11))])
    const heard = (callId: string) => ({ type: 'hang-up-heard', callId, epoch: 2, call: claimed({ id: callId, state: 'ended' }) }) as const
    expect(step(step(back.state, heard(id(10)), at(10)).state, heard(id(11)), at(10)).state.hangUps).toEqual([])
  })

  describe('and the same call rings here once more', () => {
    const again = [
      ...live,
      hangUp,
      lostHangUp,
      offered({ epoch: 5 }),
      answer,
      { type: 'accepted', callId: id(10), claim: { call: claimed({ epoch: 6 }), epoch: 6, leaseUntil: claimed().arrivedAt } } as const,
      voice(leg('media')),
    ]
    const stale = { type: 'hang-up-failed', callId: id(10), epoch: 2, failure: { code: 'stale_epoch' } } as const

    test('the former turn’s hang-up is no wish any more', () => {
      expect(play(again).state.hangUps).toEqual([])
    })

    test('what comes late of the former turn does not cut the new one', () => {
      const after = play([...again, stale])
      expect(after.effects).not.toContainEqual({ type: 'voice-hang-up' })
      expect(view(after.state).call).toMatchObject({ phase: 'live', call: { id: id(10), epoch: 6 } })
    })

    test('nor does it forget the new one’s hang-up', () => {
      expect(play([...again, hangUp, stale]).state.hangUps).toMatchObject([{ callId: id(10), epoch: 6 }])
    })
  })

  test('an update waits for it', () => {
    const { state } = play([...live, hangUp, lostHangUp, decide({ type: 'dismiss' })])
    expect([state.hangUps[0]?.callId, state.call]).toEqual([id(10), null])
    expect(mayInstall(state, 0)).toBe(false)
    expect(mayInstall({ ...state, hangUps: [] }, 0)).toBe(true)
  })
})

describe('hanging up in doubt', () => {
  test('sound before the claim’s answer: the hang-up is of the claim’s epoch', () => {
    const { state } = play([...claiming, voice(leg('media'))])
    expect(step(state, hangUp, at(2)).effects).toEqual([{ type: 'hang-up', callId: id(10), epoch: 2 }])
    expect(nextTick(state), 'and the answer is still asked for').not.toBeNull()
  })

  test('after the leg dropped by itself it goes to the companion, which would ring the caller on', () => {
    const { state } = play([...live, voice(leg('closed'))])
    expect(step(state, hangUp, at(2)).effects).toContainEqual({ type: 'hang-up', callId: id(10), epoch: 2 })
  })

  test('of a claim whose answer was lost: it goes out once it is known that the call is ours', () => {
    const read = { type: 'call-read', call: claimed({ state: 'live' }) } as const
    expect(play([...claiming, hangUp, read]).effects).toContainEqual({ type: 'hang-up', callId: id(10), epoch: 2 })
  })

  test('a claim that comes after the leg dropped is not hung up: nobody hung up', () => {
    const after = play([...claiming, voice(leg('media')), voice(leg('closed')), accepted()])
    expect(after.effects).toEqual([{ type: 'voice-connect', callId: id(10), epoch: 2 }])
  })
})

describe('a leg that was turned away', () => {
  test('just after the grant, is connected again', () => {
    const turned = play([...claiming, voice(leg('connecting')), accepted(), voice(leg('closed'))])
    expect(view(turned.state).call?.phase).toBe('connecting')
    const due = step(turned.state, tick, at(3))
    expect(due.effects).toContainEqual({ type: 'accept', callId: id(10), epoch: 2, contact: null })
    expect(step(due.state, accepted(), at(3)).effects).toContainEqual({ type: 'voice-connect', callId: id(10), epoch: 2 })
  })

  test('a report that is repeated does not put that off', () => {
    const closed = voice(leg('closed'))
    const { state } = play([...claiming, accepted(), closed])
    expect(step(state, closed, at(9)).state.call?.checkAt).toBe(state.call?.checkAt)
  })

  test('sound that comes after all brings the call back', () => {
    const { state } = play([...live, voice(leg('closed')), voice(leg('media'))])
    expect(view(state).call?.phase).toBe('live')
  })
})

describe('a claim whose answer was lost', () => {
  test('and which was granted, is asked for again at the welcome, and connected', () => {
    const back = play([...claiming, lostAnswer, welcome({ call: claimed() })])
    expect(view(back.state)).toMatchObject({ offers: [], call: { phase: 'claiming' } })
    const due = step(back.state, tick, at(3))
    expect(due.effects).toEqual([{ type: 'accept', callId: id(10), epoch: 2, contact: null }])
    expect(step(due.state, accepted(), at(3)).effects).toEqual([{ type: 'voice-connect', callId: id(10), epoch: 2 }])
  })

  test('a call that was never answered here is this user’s other browser’s', () => {
    const { state } = play([...open, offered(), welcome({ call: claimed() })])
    expect(view(state).call?.phase).toBe('elsewhere')
  })

  test('answered again with another epoch, the leg goes by the claim', () => {
    const again = play([...claiming, changed(), lostAnswer, answer, voice(leg('connecting', { epoch: 3 })), accepted()])
    expect(again.effects).toEqual([{ type: 'voice-connect', callId: id(10), epoch: 2 }])
  })
})

test('a press on Answer is shown once the call’s offer has had the thread; everything else at once', async () => {
  vi.useFakeTimers()
  const views = createViews({ run: async () => null, failure: () => ({ code: 'internal' }), onOpened: () => undefined })
  const phases: unknown[] = []
  const port = {
    postMessage: (message: { snapshot: Snapshot }) => phases.push(message.snapshot.call?.phase),
    disconnect: () => undefined,
    onDisconnect: { addListener: () => undefined },
    onMessage: { addListener: () => undefined },
  } as unknown as Port
  views.add(port, 'desk', Promise.resolve(true))
  await vi.advanceTimersByTimeAsync(0)
  views.show(view(play(claiming).state))
  await vi.advanceTimersByTimeAsync(59)
  expect(phases).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(phases).toEqual(['claiming'])
  views.show(view(play(live).state))
  await vi.advanceTimersByTimeAsync(30)
  expect(phases).toEqual(['claiming', 'live'])
  vi.useRealTimers()
})

test('a view whose port died a moment ago costs the others neither snapshot nor answer', async () => {
  vi.useFakeTimers()
  const views = createViews({ run: async () => null, failure: () => ({ code: 'internal' }), onOpened: () => undefined })
  const heard: unknown[] = []
  let say = (_: unknown) => {}
  const port = (postMessage: (message: unknown) => void) =>
    ({
      postMessage,
      disconnect: () => undefined,
      onDisconnect: { addListener: () => undefined },
      onMessage: { addListener: (listener: typeof say) => (say = listener) },
    }) as unknown as Port
  const dead = () => {
    throw new Error('Attempting to use a disconnected port object')
  }
  views.add(port(dead), 'popup', Promise.resolve(true))
  views.add(
    port((message) => heard.push(message)),
    'desk',
    Promise.resolve(true),
  )
  await vi.advanceTimersByTimeAsync(0)
  views.show(view(play([...open, offered(call())]).state))
  say({ id: '1', command: { type: 'retry' } })
  await vi.advanceTimersByTimeAsync(100)
  expect(heard).toMatchObject([{ type: 'snapshot' }, { type: 'done', id: '1' }])
  vi.useRealTimers()
})
