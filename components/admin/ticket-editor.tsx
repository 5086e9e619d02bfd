import { Plus, Ticket, Trash2 } from 'lucide'
import type { Person } from '../../utils/protocol/admin.ts'
import type { TicketSettings } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Button } from '../base/button.tsx'
import { Icon } from '../base/icon.tsx'
import { ChoiceField, TextField } from './field.tsx'
import { ownerName, ticketFields } from './ticket-texts.ts'

interface Props {
  ticket: TicketSettings
  /** The desk-wide settings that fill what is left unset; null where these are being edited. */
  desk: TicketSettings | null
  people: Person[]
  onChange: (ticket: TicketSettings) => void
}

const priorities = ['low', 'medium', 'high', 'urgent'] as const

/** What a new ticket of this channel gets (CH4), and how the next one will look. */
export function TicketEditor({ ticket, desk, people, onChange }: Props) {
  const unset = words(desk ? 'ticket_desk_default' : 'ticket_nothing')
  const owner = (value: string | null | undefined) => ownerName(value, people)
  const free = ticket.properties
  const setFree = (index: number, change: Partial<(typeof free)[number]>) =>
    onChange({ ...ticket, properties: free.map((one, at) => (at === index ? { ...one, ...change } : one)) })
  return (
    <>
      <div class="pair">
        {ticketFields.map((name) => (
          <TextField
            key={name}
            label={wordsOf('ticket', name)}
            maxLength={80}
            placeholder={desk?.[name] ? `${desk[name]} (${unset})` : unset}
            value={ticket[name] ?? ''}
            onValue={(value) => onChange({ ...ticket, [name]: value === '' ? null : value })}
          />
        ))}
        <ChoiceField
          label={words('ticket_priority')}
          value={ticket.priority ?? ''}
          options={[{ value: '', text: unset }, ...priorities.map((value) => ({ value, text: wordsOf('priority', value) }))]}
          onChoose={(value) => onChange({ ...ticket, priority: (value || null) as TicketSettings['priority'] })}
        />
        <ChoiceField
          label={words('ticket_owner')}
          value={ticket.owner ?? ''}
          options={[
            { value: '', text: unset },
            { value: 'answerer', text: words('ticket_owner_answerer') },
            { value: 'nobody', text: words('ticket_owner_nobody') },
            ...people.filter(({ disabled }) => !disabled).map(({ id, name }) => ({ value: id, text: name })),
          ]}
          onChoose={(value) => onChange({ ...ticket, owner: value || null })}
        />
      </div>
      <fieldset class="set">
        <legend>{words('ticket_free')}</legend>
        {free.map((property, index) => (
          <div class="range" key={index}>
            <input
              class="input grow"
              aria-label={words('ticket_free_name')}
              placeholder={words('ticket_free_name')}
              maxLength={80}
              value={property.name}
              aria-invalid={property.name.trim() === ''}
              onInput={(event) => setFree(index, { name: event.currentTarget.value })}
            />
            <input
              class="input grow"
              aria-label={words('ticket_free_value', property.name)}
              maxLength={400}
              value={property.value}
              onInput={(event) => setFree(index, { value: event.currentTarget.value })}
            />
            <Button
              look="plain"
              size="small"
              icon={Trash2}
              label={words('ticket_free_remove', property.name)}
              onClick={() => onChange({ ...ticket, properties: free.filter((_, at) => at !== index) })}
            />
          </div>
        ))}
        <div>
          <Button
            look="line"
            size="small"
            icon={Plus}
            disabled={free.length >= 30}
            onClick={() => onChange({ ...ticket, properties: [...free, { name: '', value: '' }] })}
          >
            {words('ticket_free_add')}
          </Button>
        </div>
      </fieldset>
      {desk && (
        <section class="heard stack" aria-label={words('ticket_preview')}>
          <h2 class="row">
            <Icon of={Ticket} /> {words('ticket_preview')}
          </h2>
          <dl class="facts">
            {ticketFields.map((name) => (
              <Fact key={name} name={wordsOf('ticket', name)} value={ticket[name] ?? desk[name]} />
            ))}
            <Fact name={words('ticket_priority')} value={both(ticket.priority, desk.priority)} />
            <Fact name={words('ticket_owner')} value={owner(ticket.owner ?? desk.owner ?? 'answerer')} />
            {[...desk.properties.filter(({ name }) => !free.some((own) => own.name === name)), ...free].map(({ name, value }) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        </section>
      )}
    </>
  )
}

function both(own: TicketSettings['priority'], desk: TicketSettings['priority']): string | null {
  const priority = own ?? desk
  return priority && wordsOf('priority', priority)
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  if (name.trim() === '') return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{value || '–'}</dd>
    </>
  )
}
