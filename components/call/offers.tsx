import { nameOf } from '../../utils/format.ts'
import type { Snapshot } from '../../utils/messages.ts'
import { words } from '../../utils/words.ts'
import type { Actions } from '../actions.ts'
import { OfferCard } from './offer-card.tsx'
import { contactOf, otherEnd } from './party.tsx'

/** All that rings, oldest first: the first one large, the others small below it. While in a call every one is small (IN5). */
export function Offers({ offers, inCall, actions }: { offers: Snapshot['offers']; inCall: boolean; actions: Actions }) {
  const first = offers[0]
  const announced = first
    ? words('offer_announce', nameOf(contactOf(first.call, first.contact), otherEnd(first.call)), first.call.channel.name)
    : ''
  return (
    <>
      {/* One live region for all: it speaks when the call in front changes, not when the countdown does. */}
      <p class="unseen" role="alert">
        {announced}
      </p>
      {offers.map(({ call, contact }, index) => (
        <OfferCard key={call.id} call={call} contact={contact} actions={actions} quiet={inCall || index > 0} />
      ))}
    </>
  )
}
