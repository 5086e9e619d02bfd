import { PhoneIncoming } from 'lucide'
import { phone } from '../../utils/format.ts'
import type { ChannelSettings } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { weekLines } from './hours.ts'
import { Listening } from './listening.tsx'
import { ticketTexts } from './ticket-texts.ts'
import { useAct, useAsked } from './use-asked.ts'
import { weekdayName } from './when.ts'

interface Props {
  settings: ChannelSettings
  number: string | null
  admin: Admin
  /** Null until the channel is live: only then it can be called. */
  channelId: string | null
}

/** What was set, in one screen. */
export function Summary({ settings, number, admin, channelId }: Props) {
  const { hours, greetings, userIds, teamIds, ticket } = settings
  const people = useAsked(admin.ask, 'listPeople')
  const named = (all: { id: string; name: string }[] = [], ids: string[]) => ids.map((id) => all.find((one) => one.id === id)?.name ?? '…')
  const ringing = [...named(people.data?.teams, teamIds), ...named(people.data?.people, userIds)]
  const heard = ({ text, uploadId }: ChannelSettings['greetings']['closed']) => (uploadId ? words('greeting_recorded') : text)
  return (
    <section class="page-part stack">
      <h2 class="whole">{settings.name}</h2>
      <dl class="facts">
        <dt>{words('existing_number')}</dt>
        <dd class="digits">{number ? phone(number) : words('draft_no_number')}</dd>
        <dt>{words('step_tickets')}</dt>
        <dd>{ticketTexts(ticket, people.data?.people).join(', ') || words('ticket_desk_default')}</dd>
        <dt>{words('hours_title')}</dt>
        <dd>
          {weekLines(hours).map(({ first, last, times }) => (
            <span class="block digits" key={first}>
              {[...new Set([first, last])].map((day) => weekdayName(day, 'short')).join('–')} {times.join(', ')}
            </span>
          ))}
          {hours.ranges.length === 0 && words('hours_closed_day')} <span class="soft">{hours.timeZone}</span>
        </dd>
        <dt>{words('special_title')}</dt>
        <dd>{hours.specialDays.map(({ name }) => name).join(', ') || '–'}</dd>
        <dt>{words('pick_title')}</dt>
        <dd>{ringing.join(', ') || words('pick_nobody')}</dd>
        <dt>{words('ring_seconds')}</dt>
        <dd>{settings.ringSeconds}</dd>
        <dt>{words('greeting_in_hours')}</dt>
        <dd>{heard(greetings.inHours)}</dd>
        <dt>{words('greeting_after_hours')}</dt>
        <dd>{heard(greetings.afterHours)}</dd>
        <dt>{words('greeting_closed')}</dt>
        <dd>{heard(greetings.closed)}</dd>
      </dl>
      {channelId && <TestCall channelId={channelId} admin={admin} />}
    </section>
  )
}

/** Lets the admin hear the channel as a caller, with the phone of this browser. */
export function TestCall({ channelId, admin }: { channelId: string; admin: Admin }) {
  const { busy, failure, act } = useAct()
  const listening = admin.listening?.state === 'connecting' || admin.listening?.state === 'open'
  return (
    <div class="stack">
      <div>
        <Button
          look="line"
          icon={PhoneIncoming}
          disabled={busy || listening || admin.inCall}
          onClick={() => void act(async () => admin.listen((await admin.ask('testCall', { channelId }, {})).ticket))}
        >
          {words('test_call')}
        </Button>
      </div>
      {failure && <FailureBanner failure={failure} />}
      <Listening admin={admin} />
    </div>
  )
}
