/** Carries out what a step asked for. Each answer comes back as an input. */
import { toFailure } from '../utils/failure.ts'
import type { Contact } from '../utils/protocol/index.ts'
import type { Cache } from './cache.ts'
import { type Contacts, preferred } from './contacts.ts'
import type { Desk } from './desk.ts'
import type { Effect, RequestName } from './inputs.ts'
import type { Line } from './line.ts'
import type { VoiceHost } from './voice-host.ts'

export interface EffectParts {
  desk(): Pick<Desk, 'dispatch' | 'state'>
  line: Line
  cache: Pick<Cache, 'forget'>
  contacts: Pick<Contacts, 'of'>
  voice: VoiceHost
  browserId(): Promise<string>
  /** Has the pages that are open read; what they show is `seen`. */
  read(): void
  /** Asks the CRMs that can be asked whose number it is. */
  find(number: string): Promise<Contact | null>
  keepDevices(devices: Extract<Effect, { type: 'keep-devices' }>['devices']): Promise<void>
  forgetSession(): Promise<void>
  onFailure(error: unknown): void
}

export function createEffects(parts: EffectParts): (effect: Effect) => void {
  const { line, voice, cache, contacts, onFailure } = parts
  const dispatch: Desk['dispatch'] = (input) => parts.desk().dispatch(input)

  function request(name: RequestName, callId: string, work: () => Promise<void>): void {
    work().catch((error: unknown) => dispatch({ type: 'request-failed', request: name, callId, failure: toFailure(error) }))
  }

  async function match(number: string): Promise<void> {
    parts.read()
    const asked = parts.find(number).catch(() => null)
    const known = await contacts.of(number).catch(() => undefined)
    // At once: a page that is slow to answer does not hold back what is known.
    if (known) dispatch({ type: 'contact-matched', number, contact: known })
    const contact = preferred(await asked, known)
    if (contact && contact !== known) dispatch({ type: 'contact-matched', number, contact })
  }

  let preparing = false
  async function prepare(): Promise<void> {
    // The voice page asks with each of its states until it has a token.
    if (preparing) return
    preparing = true
    try {
      const { token, edge } = await line.call('takeVoiceToken', { path: {}, body: {} })
      voice.say({ type: 'prepare', token, edge, devices: parts.desk().state().devices })
    } catch (error) {
      dispatch({ type: 'voice-gone', failure: toFailure(error, 'voice_failed') })
    } finally {
      preparing = false
    }
  }

  /** At hand before the first call: a press on Answer waits for nothing, not even for a turn in which the ringer is told to stop. */
  let browserId: string | null = null
  void parts.browserId().then((id) => {
    browserId = id
  }, onFailure)

  function connect({ callId, epoch }: Extract<Effect, { type: 'voice-connect' }>): void {
    const say = (id: string) => voice.say({ type: 'connect', callId, epoch, browserId: id })
    if (browserId !== null) say(browserId)
    else parts.browserId().then(say, onFailure)
  }

  return (effect) => {
    switch (effect.type) {
      case 'open-line':
        return line.open()
      case 'close-line':
        return line.close()
      case 'accept': {
        const { callId, epoch, contact } = effect
        return request('accept', callId, async () => {
          const claim = await line.call('acceptCall', { path: {}, body: { callId, browserId: await parts.browserId(), epoch, contact } })
          dispatch({ type: 'accepted', callId, claim })
        })
      }
      case 'decline': {
        const { callId, epoch } = effect
        return request('decline', callId, async () => {
          await line.call('declineCall', { path: { callId }, body: { epoch } })
          dispatch({ type: 'declined', callId })
        })
      }
      case 'hang-up': {
        const { callId, epoch } = effect
        return void line.call('hangUpCall', { path: { callId }, body: { epoch } }).then(
          (call) => dispatch({ type: 'hang-up-heard', callId, epoch, call }),
          (error: unknown) => dispatch({ type: 'hang-up-failed', callId, epoch, failure: toFailure(error) }),
        )
      }
      case 'read-call': {
        const { callId } = effect
        return request('read-call', callId, async () => {
          dispatch({ type: 'call-read', call: await line.call('readCall', { path: { callId }, body: null }) })
        })
      }
      case 'voice-connect':
        return connect(effect)
      case 'voice-mute':
        return voice.say({ type: 'mute', muted: effect.muted })
      case 'voice-hang-up':
        return voice.say({ type: 'hang-up' })
      case 'voice-listen':
        return voice.say({ type: 'listen', ticket: effect.ticket })
      case 'voice-stop-listening':
        return voice.say({ type: 'stop-listening' })
      case 'voice-devices':
        return voice.say({ type: 'choose-devices', devices: effect.devices })
      case 'voice-prepare':
        return void prepare()
      case 'match-contact':
        return void match(effect.number)
      case 'keep-devices':
        return void parts.keepDevices(effect.devices).catch(onFailure)
      case 'forget':
        return void Promise.all([cache.forget(), parts.forgetSession()]).catch(onFailure)
    }
  }
}
