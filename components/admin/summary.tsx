import { PhoneIncoming } from 'lucide'
import { phone } from '../../utils/format.ts'
import type { ChannelSettings } from '../../utils/protocol/channels.ts'
import { words, wordsFor } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { shownUntil, WEEKDAYS } from './hours.ts'
import { Listening } from './listening.tsx'
import { useAct } from './use-asked.ts'
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
  const { hours, greetings } = settings
  const days = WEEKDAYS.map((weekday) => ({ weekday, ranges: hours.ranges.filter((range) => range.weekday === weekday) })).filter(
    ({ ranges }) => ranges.length > 0,
  )
  const heard = ({ text, uploadId }: ChannelSettings['greetings']['closed']) => (uploadId ? words('greeting_recorded') : text)
  return (
    <section class="page-part stack">
      <h2>{settings.name}</h2>
      <dl class="facts">
        <dt>{words('existing_number')}</dt>
        <dd class="digits">{number ? phone(number) : words('draft_no_number')}</dd>
        <dt>{words('hours_title')}</dt>
        <dd>
          {days.map(({ weekday, ranges }) => (
            <span class="block digits" key={weekday}>
              {weekdayName(weekday, 'short')} {ranges.map(({ from, until }) => `${from}–${shownUntil(until)}`).join(', ')}
            </span>
          ))}
          {days.length === 0 && words('hours_closed_day')} <span class="soft">{hours.timeZone}</span>
        </dd>
        <dt>{words('special_title')}</dt>
        <dd>{wordsFor(hours.specialDays.length, 'special_count')}</dd>
        <dt>{words('pick_title')}</dt>
        <dd>
          {wordsFor(settings.userIds.length, 'pick_people')}, {wordsFor(settings.teamIds.length, 'pick_teams')}
        </dd>
        <dt>{words('ring_seconds')}</dt>
        <dd>{settings.ringSeconds}</dd>
        <dt>{words('greeting_in_hours')}</dt>
        <dd>{heard(greetings.inHours)}</dd>
        <dt>{words('greeting_after_hours')}</dt>
        <dd>{heard(greetings.afterHours)}</dd>
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
