import { Phone, PhoneOff } from 'lucide'
import type { Call } from '../../utils/protocol/calls.ts'
import type { Contact } from '../../utils/protocol/primitives.ts'
import { words } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { Button } from '../base/button.tsx'
import { Party } from './party.tsx'
import { RingLine } from './ring-line.tsx'

interface Props {
  call: Call
  contact: Contact | null
  actions: Actions
  /** A second one, or one that comes in a call: smaller, and it does not pulse. */
  quiet?: boolean
}

/**
 * A ringing call. It never takes the focus: somebody may be typing in the CRM. Once the focus is inside, Enter on the card answers and Escape
 * declines; a key that is held down since before counts for nothing.
 */
export function OfferCard({ call, contact, actions, quiet = false }: Props) {
  const name = `offer-${call.id}`
  function pressKey(event: KeyboardEvent) {
    if (event.repeat) return
    if (event.key === 'Escape') actions.press(event, { type: 'decline', callId: call.id })
    // Enter on a button is that button's click already.
    if (event.key === 'Enter' && event.target === event.currentTarget) actions.press(event, { type: 'answer', callId: call.id })
  }
  return (
    <div class="offer" data-quiet={quiet} role="alertdialog" aria-labelledby={name} tabIndex={-1} onKeyDown={pressKey}>
      <Party call={call} contact={contact} over={words(quiet ? 'offer_waiting' : 'offer_label')} id={name} />
      <div class="offer-foot">
        <span class="soft cut">{words('offer_channel', call.channel.name)}</span>
        {call.ringUntil && <RingLine from={call.arrivedAt} until={call.ringUntil} />}
      </div>
      <div class="offer-buttons">
        <Button
          look={quiet ? 'line' : 'stop'}
          size={quiet ? 'small' : 'big'}
          icon={PhoneOff}
          onClick={(event) => actions.press(event, { type: 'decline', callId: call.id })}
        >
          {words('decline')}
        </Button>
        <Button
          look="go"
          size={quiet ? 'small' : 'big'}
          icon={Phone}
          onPointerDown={(event) => event.button === 0 && actions.reach(event, call.id)}
          onClick={(event) => actions.press(event, { type: 'answer', callId: call.id })}
        >
          {words('answer')}
        </Button>
      </div>
    </div>
  )
}
