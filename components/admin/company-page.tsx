import { Save } from 'lucide'
import { useMemo, useState } from 'preact/hooks'
import type { Company } from '../../utils/protocol/admin.ts'
import type { TicketSettings } from '../../utils/protocol/channels.ts'
import { words, wordsFor } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { AuditLog } from './audit-log.tsx'
import { allCountries } from './countries.ts'
import { TextField, Tick } from './field.tsx'
import { Opening } from './opening.tsx'
import { TicketEditor } from './ticket-editor.tsx'
import { useAct, useAsked } from './use-asked.ts'

/** What counts for the whole company: seats, countries that may be called, tickets where a channel says nothing; and who changed what. */
export function CompanyPage({ admin }: { admin: Admin }) {
  const company = useAsked(admin.ask, 'readCompany')
  const tickets = useAsked(admin.ask, 'readTickets')
  return (
    <div class="page page-wide stack">
      <h1 class="page-title">{words('company_title')}</h1>
      {(!company.data || !tickets.data) && (
        <Opening
          failure={company.failure ?? tickets.failure}
          again={() => {
            company.again()
            tickets.again()
          }}
        />
      )}
      {company.data && <CompanyForm start={company.data} admin={admin} />}
      {tickets.data && <TicketsForm start={tickets.data} admin={admin} />}
      <AuditLog admin={admin} />
    </div>
  )
}

function CompanyForm({ start, admin }: { start: Company; admin: Admin }) {
  const [limit, setLimit] = useState(start.seatLimit === null ? '' : String(start.seatLimit))
  const [allowed, setAllowed] = useState(start.outboundCountries)
  const [text, setText] = useState('')
  const [saved, setSaved] = useState(false)
  const { busy, failure, act } = useAct()
  const wrong = limit !== '' && !/^\d{1,6}$/.test(limit)
  const all = useMemo(() => allCountries(start.outboundCountries), [start.outboundCountries])
  const wanted = text.trim().toLocaleLowerCase()
  const shown = all.filter(({ code, name }) => name.toLocaleLowerCase().includes(wanted) || code.toLocaleLowerCase() === wanted)
  return (
    <form
      class="page-part stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong) return
        setSaved(false)
        const body = { seatLimit: limit === '' ? null : Number(limit), outboundCountries: allowed }
        void act(() => admin.ask('saveCompany', {}, body)).then(setSaved)
      }}
    >
      <TextField
        label={words('seat_limit')}
        hint={words('seat_limit_hint', start.seatsUsed)}
        problem={wrong ? words('seat_limit_wrong') : null}
        inputMode="numeric"
        value={limit}
        onValue={(value) => setLimit(value.trim())}
      />
      <fieldset class="set">
        <legend>{words('outbound_title')}</legend>
        <p class="soft">{words('outbound_hint')}</p>
        <input
          class="input"
          type="search"
          aria-label={words('outbound_search')}
          placeholder={words('outbound_search')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="pick">
          {shown.map(({ code, name }) => (
            <Tick
              key={code}
              label={name}
              checked={allowed.includes(code)}
              onTick={(on) => setAllowed(on ? [...allowed, code] : allowed.filter((other) => other !== code))}
            />
          ))}
          {shown.length === 0 && <p class="soft">{words('outbound_no_match')}</p>}
        </div>
        <p class="faint" role="status">
          {wordsFor(allowed.length, 'outbound_count')}
        </p>
      </fieldset>
      {failure && <FailureBanner failure={failure} />}
      {saved && <Banner tone="go" role="status" title={words('saved')} />}
      <div class="actions">
        <Button type="submit" look="main" icon={Save} disabled={busy || wrong}>
          {words('save')}
        </Button>
      </div>
    </form>
  )
}

function TicketsForm({ start, admin }: { start: TicketSettings; admin: Admin }) {
  const [ticket, setTicket] = useState(start)
  const [saved, setSaved] = useState(false)
  const people = useAsked(admin.ask, 'listPeople')
  const { busy, failure, act } = useAct()
  return (
    <section class="page-part stack">
      <h2>{words('tickets_desk_title')}</h2>
      <p class="soft">{words('tickets_desk_hint')}</p>
      <TicketEditor ticket={ticket} desk={null} people={people.data?.people ?? []} onChange={setTicket} />
      {failure && <FailureBanner failure={failure} />}
      {saved && <Banner tone="go" role="status" title={words('saved')} />}
      <div class="actions">
        <Button look="main" icon={Save} disabled={busy} onClick={() => void act(() => admin.ask('saveTickets', {}, ticket)).then(setSaved)}>
          {words('save')}
        </Button>
      </div>
    </section>
  )
}
