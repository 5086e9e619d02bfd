import { nameOf, phone } from '../../utils/format.ts'
import type { Call } from '../../utils/protocol/calls.ts'
import type { Contact } from '../../utils/protocol/primitives.ts'
import { words } from '../../utils/words.ts'
import { Avatar } from '../base/signs.tsx'

/** The number at the other end of a call. */
export const otherEnd = (call: Call) => (call.direction === 'inbound' ? call.from : call.to)

/** Who the CRM or earlier threads say it is. */
export const contactOf = (call: Call, contact: Contact | null) => contact ?? call.contact

interface Props {
  call: Call
  contact: Contact | null
  /** Small line above the name. */
  over?: string
  id?: string
}

/** Who is on the other end: picture, name, company, number. Long names are cut; the whole is in the tooltip. */
export function Party({ call, contact, over, id }: Props) {
  const who = contactOf(call, contact)
  const number = otherEnd(call)
  const name = nameOf(who, number)
  const host = who?.url ? URL.parse(who.url)?.host : undefined
  const under = [who?.company, who && phone(number)].filter(Boolean).join(' · ')
  return (
    <div class="party">
      <Avatar name={who?.name ?? null} size="big" />
      <div class="grow">
        {over && <p class="faint cut">{over}</p>}
        <p class="party-name cut" id={id} title={name}>
          {name}
        </p>
        {under && (
          <p class="party-under soft" title={under}>
            {who?.company && <span class="cut">{who.company}</span>}
            {who && <span class="digits">{phone(number)}</span>}
          </p>
        )}
        {/* A page said so, not the companion: whose page, and not cut, because a host's end says whose it is. */}
        {host && <p class="faint party-source">{words('party_source', host)}</p>}
      </div>
    </div>
  )
}
