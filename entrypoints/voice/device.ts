/** The one file that knows Twilio's Voice SDK. One Device for the agent, one call at a time, both told as plain state. */
import { Call, Device } from '@twilio/voice-sdk'
import type { FromVoice, Snapshot } from '../../utils/messages.ts'
import { createEarlyMicrophone } from './early-microphone.ts'
import { voiceFailure } from './failures.ts'
import { watchMedia } from './media-watch.ts'

type Devices = Snapshot['devices']

export interface VoiceDevice {
  /** Makes the Device, or renews its token. `edge` is host:port of the switchboard, null for Twilio. */
  prepare(token: string, edge: string | null, devices: Devices): void
  /** Somebody is about to answer. Nothing where the SDK holds a chosen microphone anyway. */
  openMicrophone(): void
  connect(parameters: { callId: string; epoch: number; browserId: string }): void
  /** Connects with a preview's or test call's ticket, as soon as there is a Device. */
  listen(ticket: string): void
  stopListening(): void
  mute(muted: boolean): void
  hangUp(): void
  chooseDevices(devices: Devices): void
  close(): void
  state(): Pick<FromVoice, 'device' | 'wantsToken' | 'call' | 'listening'>
}

export interface VoiceDeviceParts {
  onChange(): void
  /** The caller's sound, or null when it ends. */
  onTrack(stream: MediaStream | null): void
}

/** Milliseconds before a token ends at which a new one is asked for. */
const TOKEN_REFRESH = 60_000

/** Ours play instead, or none: with the SDK's own, a phone without the internet (a local switchboard) would wait for Twilio's CDN. */
const sounds = Object.fromEntries(Object.values(Device.SoundName).map((name) => [name, '/sounds/sdk/silence.wav']))

export function createDevice({ onChange, onTrack }: VoiceDeviceParts): VoiceDevice {
  let device: Device | null = null
  let edgeNow: string | null = null
  let deviceState: FromVoice['device'] = { state: 'none', failure: null }
  let wantsToken = false
  let call: Call | null = null
  let callState: FromVoice['call'] = null
  let heard: Call | null = null
  let listening: FromVoice['listening'] = null
  /** Grows with each wish to listen or to stop: what belongs to an older one is not told. */
  let wish = 0
  let waitingTicket: string | null = null
  let peer: RTCPeerConnection | null = null
  let endWatch = () => {}
  const microphone = createEarlyMicrophone()

  /** The SDK makes its connection through this, so that its counters can be read and its sound measured. */
  class WatchedConnection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      peer = this
      this.addEventListener('track', ({ streams }) => onTrack(streams[0] ?? null))
    }
  }

  function set(change: {
    device?: FromVoice['device']
    call?: FromVoice['call']
    wantsToken?: boolean
    listening?: FromVoice['listening']
  }): void {
    if (change.device) deviceState = change.device
    if (change.call !== undefined) callState = change.call
    if (change.listening !== undefined) listening = change.listening
    if (change.wantsToken !== undefined) wantsToken = change.wantsToken
    onChange()
  }

  const setCall = (change: Partial<NonNullable<FromVoice['call']>>) => callState && set({ call: { ...callState, ...change } })

  function make(token: string, edge: string | null, devices: Devices): void {
    edgeNow = edge
    const options: Device.Options & { chunderw?: string; getUserMedia: typeof microphone.getUserMedia } = {
      appName: 'Ringside',
      codecPreferences: [Call.Codec.PCMU, Call.Codec.Opus],
      closeProtection: false,
      sounds,
      tokenRefreshMs: TOKEN_REFRESH,
      RTCPeerConnection: WatchedConnection,
      // Internal in the SDK's types, as the next.
      getUserMedia: microphone.getUserMedia,
      logLevel: 'silent',
      // Private in the SDK's types: where the signalling goes instead of Twilio's edge.
      ...(edge && { chunderw: edge }),
    }
    const made = new Device(token, options)
    device = made
    made.audio?.incoming(false)
    made.audio?.outgoing(false)
    made.audio?.disconnect(false)
    made.on(Device.EventName.Registered, () => set({ device: { state: 'ready', failure: null } }))
    made.on(Device.EventName.Registering, () => deviceState.state !== 'ready' && set({ device: { state: 'starting', failure: null } }))
    made.on(Device.EventName.Unregistered, () => deviceState.state === 'ready' && set({ device: { state: 'starting', failure: null } }))
    made.on(Device.EventName.TokenWillExpire, () => set({ wantsToken: true }))
    made.on(Device.EventName.Error, (error: unknown, of?: Call) => {
      // A call's own errors are told with the call.
      if (of) return
      const failure = voiceFailure(error, 'voice_failed')
      set({ device: { state: 'failed', failure }, wantsToken: failure.code === 'voice_token_refused' || wantsToken })
    })
    choose(devices)
    set({ device: { state: 'starting', failure: null }, wantsToken: false })
    register(made)
    if (waitingTicket !== null) hear(made, waitingTicket)
  }

  function hear(phone: Device, ticket: string): void {
    waitingTicket = null
    const mine = wish
    const tell = (next: NonNullable<FromVoice['listening']>) => mine === wish && set({ listening: next })
    phone
      .connect({ params: { hear: ticket } })
      .then((opened) => {
        if (mine !== wish) return opened.disconnect()
        heard = opened
        opened.on('accept', () => tell({ state: 'open', failure: null }))
        opened.on('error', (error: unknown) => tell({ state: 'failed', failure: voiceFailure(error, 'media_failed') }))
        for (const end of ['disconnect', 'cancel', 'reject'])
          opened.on(end, () => listening?.state !== 'failed' && tell({ state: 'ended', failure: null }))
      })
      .catch((error: unknown) => tell({ state: 'failed', failure: voiceFailure(error, 'media_failed') }))
  }

  function stopListening(): void {
    wish++
    waitingTicket = null
    heard?.disconnect()
    heard = null
    listening = null
  }

  function register(made: Device): void {
    made
      .register()
      .catch((error: unknown) => device === made && set({ device: { state: 'failed', failure: voiceFailure(error, 'voice_failed') } }))
  }

  function choose({ microphoneId, speakerId }: Devices): void {
    const audio = device?.audio
    if (!audio) return
    // A device that was unplugged: the one before, or the system's default, stays.
    if (microphoneId) audio.setInputDevice(microphoneId).catch(() => undefined)
    else if (audio.inputDevice) audio.unsetInputDevice().catch(() => undefined)
    audio.speakerDevices.set(speakerId ?? 'default').catch(() => undefined)
  }

  function attach(opened: Call): void {
    const ours = () => call === opened
    opened.on('accept', () => {
      if (!ours()) return
      setCall({ state: 'open' })
      endWatch = watchMedia(
        () => peer,
        () => ours() && setCall({ state: 'media' }),
        // The leg leaves without a hang-up, so the companion lets the caller ring on.
        () => {
          if (!ours()) return
          setCall({ failure: { code: 'media_failed' } })
          opened.disconnect()
        },
      )
    })
    opened.on('mute', (muted: boolean) => ours() && setCall({ muted }))
    opened.on('reconnecting', () => ours() && setCall({ state: 'reconnecting' }))
    opened.on('reconnected', () => ours() && setCall({ state: 'media' }))
    opened.on('error', (error: unknown) => ours() && setCall({ failure: voiceFailure(error, 'media_failed') }))
    for (const end of ['disconnect', 'cancel', 'reject']) opened.on(end, () => ours() && closed())
  }

  function closed(): void {
    endWatch()
    onTrack(null)
    call = null
    peer = null
    setCall({ state: 'closed' })
  }

  return {
    prepare(token, edge, devices) {
      const usable = device && device.state !== Device.State.Destroyed && (edge === edgeNow || call)
      if (!usable) {
        device?.destroy()
        make(token, edge, devices)
        return
      }
      device?.updateToken(token)
      set({ wantsToken: false })
      if (device?.state === Device.State.Unregistered) {
        set({ device: { state: 'starting', failure: null } })
        register(device)
      }
    },
    openMicrophone() {
      if (device && !call && !device.audio?.inputDevice) microphone.open()
    },
    connect({ callId, epoch, browserId }) {
      if (callState?.callId === callId && callState.epoch === epoch && callState.state !== 'closed') return
      stopListening()
      call?.disconnect()
      const fresh = { callId, epoch, state: 'connecting', muted: false, failure: null } as const
      if (!device) {
        set({ call: { ...fresh, state: 'closed', failure: { code: 'voice_failed' } } })
        return
      }
      set({ call: fresh })
      device
        .connect({ params: { call: callId, epoch: String(epoch), browser: browserId } })
        .then((opened) => {
          // Hung up while the microphone was being opened.
          if (callState?.callId !== callId || callState.epoch !== epoch || callState.state === 'closed') return opened.disconnect()
          call = opened
          attach(opened)
        })
        .catch((error: unknown) => setCall({ state: 'closed', failure: voiceFailure(error, 'media_failed') }))
    },
    listen(ticket) {
      stopListening()
      set({ listening: { state: 'connecting', failure: null } })
      if (device) hear(device, ticket)
      else waitingTicket = ticket
    },
    stopListening() {
      stopListening()
      set({})
    },
    mute: (muted) => call?.mute(muted),
    hangUp() {
      if (call) call.disconnect()
      else if (callState && callState.state !== 'closed') setCall({ state: 'closed' })
    },
    chooseDevices: choose,
    close() {
      stopListening()
      microphone.close()
      call?.disconnect()
      device?.destroy()
      device = null
      set({ device: { state: 'none', failure: null } })
    },
    state: () => ({ device: deviceState, wantsToken, call: callState, listening }),
  }
}
