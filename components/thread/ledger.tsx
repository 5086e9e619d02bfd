import { Users } from 'lucide'
import { duration, timeOfDay } from '../../utils/format.ts'
import type { LedgerLine } from '../../utils/protocol/calls.ts'
import { words, wordsFor, wordsOf } from '../../utils/words.ts'
import { Icon } from '../base/icon.tsx'

const tones: Partial<Record<LedgerLine['verdict'], string>> = { answered: 'go', 'audio-failed': 'stop', skipped: 'faint' }

/** Why each user of the channel rang or did not (RO5). Closed at first: it is read when somebody asks why. */
export function Ledger({ lines }: { lines: LedgerLine[] }) {
  if (lines.length === 0) return null
  const rang = lines.filter((line) => line.verdict !== 'skipped').length
  return (
    <details class="ledger">
      <summary>
        <Icon of={Users} size={16} />
        <span class="grow">{words('ledger_title')}</span>
        <span class="faint">{wordsFor(rang, 'ledger_count')}</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{words('ledger_person')}</th>
            <th scope="col">{words('ledger_verdict')}</th>
            <th scope="col">{words('ledger_rang_at')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.user.id}>
              <th scope="row">{line.user.name}</th>
              <td data-tone={tones[line.verdict]}>{verdict(line)}</td>
              <td class="digits">{rangAt(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function verdict(line: LedgerLine): string {
  if (line.verdict === 'skipped' && line.reason) return words('verdict_skipped_because', wordsOf('skip', line.reason))
  if (line.verdict === 'lost' && line.lostTo) return words('verdict_lost_to', line.lostTo.name)
  return wordsOf('verdict', line.verdict)
}

/** When it rang, and how long the news took to reach a browser. */
function rangAt(line: LedgerLine) {
  if (!line.rangAt) return '–'
  const told = line.toldAt
    ? words('ledger_told_after', duration((Date.parse(line.toldAt) - Date.parse(line.rangAt)) / 1000))
    : words('ledger_never_told')
  return (
    <>
      {timeOfDay(line.rangAt)}
      <span class="faint ledger-told">{told}</span>
    </>
  )
}
