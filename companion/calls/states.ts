import type { CallState } from '../../utils/protocol/index.ts'

/**
 * The life of a call. Every change of state is one row here, carried out by one guarded UPDATE (rows.ts), so two of them can never both win.
 *
 *                accepted         heard          hung-up
 *     ringing ─────────────▶ claimed ─────▶ live ───────▶ ended
 *       │  ▲                  │              │              ▲
 *       │  └──── rang-again ──┴──────────────┘              │ caller-left, from everywhere
 *       │      (no audio within the lease · the agent gave  │ closed, at once
 *       │       it back · the agent's leg left by itself)   │
 *       └──▶ voicemail ─────────────────────────────────────┘
 *         ring-over (time · all declined · nobody reachable, also from claimed and live)
 */
export const transitions = {
  accepted: { from: ['ringing'], to: 'claimed' },
  heard: { from: ['claimed'], to: 'live' },
  'rang-again': { from: ['claimed', 'live'], to: 'ringing' },
  'ring-over': { from: ['ringing', 'claimed', 'live'], to: 'voicemail' },
  'hung-up': { from: ['live'], to: 'ended' },
  'caller-left': { from: ['ringing', 'claimed', 'live', 'voicemail'], to: 'ended' },
} as const satisfies Record<string, { from: readonly CallState[]; to: CallState }>

export type Transition = keyof typeof transitions

/** The state after this, or undefined where the call is not in a state that it can happen in. */
export function nextState(state: CallState, transition: Transition): CallState | undefined {
  const { from, to } = transitions[transition]
  return (from as readonly CallState[]).includes(state) ? to : undefined
}
