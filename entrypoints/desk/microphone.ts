/** The microphone check: asks for the permission, measures how loud it is. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Command } from '../../utils/messages.ts'

export type CheckState = 'idle' | 'asking' | 'listening' | 'refused' | 'missing'

export interface Microphone {
  state: ReadonlySignal<CheckState>
  /** 0 to 1, about 30 times a second. */
  level: ReadonlySignal<number>
  heard: ReadonlySignal<boolean>
  start: (deviceId: string | null) => Promise<void>
  stop: () => void
}

/** A voice at a usual distance passes this; the noise of a room does not. */
const loud = 0.12

export function createMicrophone(told: (microphone: Extract<Command, { type: 'microphone-checked' }>['microphone']) => void): Microphone {
  const state = signal<CheckState>('idle')
  const level = signal(0)
  const heard = signal(false)
  let end = () => {}

  async function start(deviceId: string | null): Promise<void> {
    end()
    state.value = 'asking'
    heard.value = false
    try {
      // `exact` is not said: a headset that was unplugged shall not look like a refusal.
      const stream = await navigator.mediaDevices.getUserMedia({ audio: deviceId ? { deviceId } : true })
      told('granted')
      end = listen(stream)
      state.value = 'listening'
    } catch (error) {
      const missing = error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'OverconstrainedError')
      state.value = missing ? 'missing' : 'refused'
      told(state.value)
    }
  }

  function listen(stream: MediaStream): () => void {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    const samples = new Float32Array(analyser.fftSize)
    context.createMediaStreamSource(stream).connect(analyser)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      // Ears hear in decibels: -60 dB is an empty bar, 0 dB a full one.
      level.value = Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60)) ** 2
      if (level.value > loud) heard.value = true
    }, 33)
    return () => {
      clearInterval(timer)
      for (const track of stream.getTracks()) track.stop()
      void context.close()
      level.value = 0
      end = () => {}
    }
  }

  return {
    state,
    level,
    heard,
    start,
    stop() {
      end()
      state.value = 'idle'
    },
  }
}
