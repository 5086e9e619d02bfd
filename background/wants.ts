/** What shall be so as long as the state is so. The edges compare it with what is and act on the difference: a stopped worker forgets nothing. */
import type { BrowserFacts } from '../utils/protocol/index.ts'
import { isBusy, type State } from './state.ts'

/** A preview or test call is on its way or heard. */
export const isListening = ({ listening }: State): boolean => listening?.state === 'connecting' || listening?.state === 'open'

/** The voice page is up while the agent can be rung, and until a call is over (AV3, CA3); an admin may listen without being available. */
export const voiceWanted = (state: State): boolean =>
  state.session !== null &&
  (isBusy(state.call) || isListening(state) || (state.me?.wanted === true && state.me.user.seat && state.microphone === 'granted'))

/** The ringer sounds: never into a conversation. */
export const ringWanted = (state: State): boolean => state.offers.length > 0 && !isBusy(state.call)

/** What the companion is told about this browser. */
export const facts = (state: State): BrowserFacts => ({ microphone: state.microphone, voice: state.voice.state })
