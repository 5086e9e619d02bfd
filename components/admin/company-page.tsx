import { Save } from 'lucide'
import { useState } from 'preact/hooks'
import type { Company } from '../../utils/protocol/admin.ts'
import type { TicketSettings } from '../../utils/protocol/channels.ts'
import { language, words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Waiting } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { AuditLog } from './audit-log.tsx'
import { TextField, Tick } from './field.tsx'
import { TicketEditor } from './ticket-editor.tsx'
import { useAct, useAsked } from './use-asked.ts'
import { countryName } from './when.ts'

/** What counts for the whole company: seats, countries that may be called, tickets where a channel says nothing; and who changed what. */
export function CompanyPage({ admin }: { admin: Admin }) {
  const company = useAsked(admin.ask, 'readCompany')
  const tickets = useAsked(admin.ask, 'readTickets')
  const failure = company.failure ?? tickets.failure
  return (
    <div class="page page-wide stack">
      <h1 class="page-title">{words('company_title')}</h1>
      {failure && <FailureBanner failure={failure} />}
      {(!company.data || !tickets.data) && !failure && <Waiting>{words('loading')}</Waiting>}
      {company.data && <CompanyForm start={company.data} admin={admin} />}
      {tickets.data && <TicketsForm start={tickets.data} admin={admin} />}
      <AuditLog admin={admin} />
    </div>
  )
}

/** Those that a sales line may want to call; whatever is set already is always in the list. */
const countries =
  'AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IL IN IT JP LT LU LV MT MX NL NO NZ PL PT RO SE SI SK TR UA US ZA'

function CompanyForm({ start, admin }: { start: Company; admin: Admin }) {
  const [limit, setLimit] = useState(start.seatLimit === null ? '' : String(start.seatLimit))
  const [allowed, setAllowed] = useState(start.outboundCountries)
  const [text, setText] = useState('')
  const [saved, setSaved] = useState(false)
  const { busy, failure, act } = useAct()
  const wrong = limit !== '' && !/^\d{1,6}$/.test(limit)
  const shown = [...new Set([...countries.split(' '), ...start.outboundCountries])]
    .map((code) => ({ code, name: countryName(code) }))
    .filter(({ name }) => name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()))
    .sort((one, other) => one.name.localeCompare(other.name, language()))
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
        </div>
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
