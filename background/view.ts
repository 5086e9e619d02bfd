/** What the views see of the state. Pure. */
import type { CurrentCall, Snapshot } from '../utils/messages.ts'
import { iso } from './just.ts'
import type { HeldCall, State } from './state.ts'

export function view(state: State): Snapshot {
  const { line, voice } = state
  return {
    line: {
      state: line.phase,
      address: state.session?.address ?? null,
      failure: line.failure,
      retryAt: line.retryAt === null ? null : iso(line.retryAt),
    },
    me: state.me,
    microphone: state.microphone,
    voice: { state: voice.state, failure: voice.failure },
    offers: state.offers.map(({ call, contact }) => ({ call, contact })),
    call: state.call && currentCall(state.call),
    notice: state.notice,
    panel: state.panel,
    notifications: state.notifications,
    devices: state.devices,
    unsent: state.unsent,
    listening: state.listening,
  }
}

function currentCall({ call, contact, phase, muted, hungUp, liveSince, failure }: HeldCall): CurrentCall {
  return { call, contact, phase, muted, hungUp, liveSince: liveSince === null ? null : iso(liveSince), failure }
}
