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
 *
 * taken-back: a hang-up that came after its leg had left finds the call ringing, or just in voicemail: live again, and hung up.
 */
export const transitions = {
  accepted: { from: ['ringing'], to: 'claimed' },
  heard: { from: ['claimed'], to: 'live' },
  'rang-again': { from: ['claimed', 'live'], to: 'ringing' },
  'ring-over': { from: ['ringing', 'claimed', 'live'], to: 'voicemail' },
  'taken-back': { from: ['ringing', 'voicemail'], to: 'live' },
  'caller-left': { from: ['ringing', 'claimed', 'live', 'voicemail'], to: 'ended' },
} as const satisfies Record<string, { from: readonly CallState[]; to: CallState }>

export type Transition = keyof typeof transitions
