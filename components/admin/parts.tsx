/** The parts of a channel's settings as both the wizard and the editor show them. */
import type { ChannelSettings } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Waiting } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { TextField } from './field.tsx'
import { GreetingsEditor } from './greetings-editor.tsx'
import { HoursEditor } from './hours-editor.tsx'
import { PeoplePicker } from './people-picker.tsx'
import type { Part } from './settings.ts'
import { TicketEditor } from './ticket-editor.tsx'
import { useAsked } from './use-asked.ts'

interface Props {
  parts: readonly Part[]
  settings: ChannelSettings
  admin: Admin
  onChange: (change: Partial<ChannelSettings>) => void
}

export function Parts({ parts, settings, admin, onChange }: Props) {
  const people = useAsked(admin.ask, 'listPeople')
  const desk = useAsked(admin.ask, 'readTickets')
  const failure = people.failure ?? desk.failure
  if (failure) return <FailureBanner failure={failure} />
  if (!people.data || !desk.data) return <Waiting>{words('loading')}</Waiting>
  const shown: Record<Part, () => preact.ComponentChild> = {
    ticket: () => (
      <TicketEditor
        ticket={settings.ticket}
        desk={desk.data}
        people={people.data?.people ?? []}
        onChange={(ticket) => onChange({ ticket })}
      />
    ),
    name: () => (
      <TextField
        label={words('channel_name')}
        hint={words('channel_name_hint')}
        problem={settings.name.trim() === '' ? words('channel_name_missing') : null}
        maxLength={80}
        value={settings.name}
        onValue={(name) => onChange({ name })}
      />
    ),
    hours: () => <HoursEditor hours={settings.hours} onChange={(hours) => onChange({ hours })} />,
    people: () => (
      <>
        <PeoplePicker
          people={people.data?.people ?? []}
          teams={people.data?.teams ?? []}
          userIds={settings.userIds}
          teamIds={settings.teamIds}
          onChange={onChange}
        />
        <RingTime seconds={settings.ringSeconds} onChange={(ringSeconds) => onChange({ ringSeconds })} />
      </>
    ),
    greetings: () => <GreetingsEditor greetings={settings.greetings} admin={admin} onChange={(greetings) => onChange({ greetings })} />,
  }
  return (
    <>
      {parts.map((part) => (
        <section class="page-part stack" key={part}>
          {shown[part]()}
        </section>
      ))}
    </>
  )
}

function RingTime({ seconds, onChange }: { seconds: number; onChange: (seconds: number) => void }) {
  const right = Number.isInteger(seconds) && seconds >= 5 && seconds <= 600
  return (
    <TextField
      label={words('ring_seconds')}
      hint={words('ring_seconds_hint')}
      problem={right ? null : words('ring_seconds_wrong')}
      type="number"
      min={5}
      max={600}
      value={Number.isNaN(seconds) ? '' : String(seconds)}
      onValue={(value) => onChange(value === '' ? Number.NaN : Number(value))}
    />
  )
}
