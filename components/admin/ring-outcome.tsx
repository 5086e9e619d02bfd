import type { RingPreview } from '../../utils/protocol/channels.ts'
import { language, words, wordsFor, wordsOf } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Badge } from '../base/signs.tsx'

/** The router's answer: what the caller gets, a reason for everybody who is skipped, and 14 days. */
export function RingOutcome({ preview, timeZone }: { preview: RingPreview; timeZone: string }) {
  const { outcome, missedReason, lines, contact } = preview
  const ringing = lines.filter(({ verdict }) => verdict === 'ringing').length
  return (
    <>
      <section class="page-part stack" aria-live="polite" aria-label={words('ring_title')}>
        <Banner
          tone={outcome === 'ring' ? 'go' : 'warn'}
          title={outcome === 'ring' ? wordsFor(ringing, 'ring_count') : words(`ring_outcome_${outcome}`)}
        >
          {missedReason && <p>{wordsOf('missed', missedReason)}</p>}
        </Banner>
        {contact?.name && <p class="soft">{words('ring_contact', [contact.name, contact.company].filter(Boolean).join(', '))}</p>}
        <ul>
          {lines.map(({ user, verdict, reason }) => (
            <li class="site-row wrap" key={user.id}>
              <span class="grow whole">{user.name}</span>
              {verdict === 'ringing' ? (
                <Badge tone="go">{words('ring_rings')}</Badge>
              ) : (
                <span class="soft">{reason ? wordsOf('skip', reason) : wordsOf('verdict', verdict)}</span>
              )}
            </li>
          ))}
          {lines.length === 0 && <li class="soft">{words('ring_nobody')}</li>}
        </ul>
      </section>
      <section class="page-part stack" aria-label={words('strip_title')}>
        <h2>{words('strip_title')}</h2>
        <p class="faint">{timeZone}</p>
        <Strip days={preview.strip} timeZone={timeZone} />
      </section>
    </>
  )
}

function Strip({ days, timeZone }: { days: RingPreview['strip']; timeZone: string }) {
  const date = new Intl.DateTimeFormat(language(), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(language(), { hour: 'numeric', minute: '2-digit', timeZone })
  return (
    <ul class="strip">
      {days.map(({ day, kind, name, ranges, clockChange }) => (
        <li key={day} data-kind={kind}>
          <strong>{date.format(new Date(`${day}T00:00:00Z`))}</strong>
          {name && <span>{name}</span>}
          {ranges.map(({ from, until }) => (
            <span class="digits" key={from}>
              <span class="unbroken">{time.format(new Date(from))}–</span>
              <wbr />
              <span class="unbroken">{time.format(new Date(until))}</span>
            </span>
          ))}
          {ranges.length === 0 && <span>{words('hours_closed_day')}</span>}
          {clockChange !== null && (
            <Badge tone="accent">{words('strip_clock', clockChange > 0 ? `+${clockChange}` : `−${-clockChange}`)}</Badge>
          )}
        </li>
      ))}
    </ul>
  )
}
