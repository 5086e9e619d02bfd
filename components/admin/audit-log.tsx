import { useState } from 'preact/hooks'
import { fullDate } from '../../utils/format.ts'
import type { AuditLine } from '../../utils/protocol/admin.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { auditTitle, auditValue, type Known } from './audit-values.ts'
import { Cell, Row, Table } from './table.tsx'
import { useAct, useAsked } from './use-asked.ts'

/** Every act of an admin: who, what, before, after. Newest first. */
export function AuditLog({ admin }: { admin: Admin }) {
  const first = useAsked(admin.ask, 'listAudit')
  const people = useAsked(admin.ask, 'listPeople')
  const known: Known = people.data ?? { people: [], teams: [] }
  const [later, setLater] = useState<{ lines: AuditLine[]; more: boolean } | null>(null)
  const { busy, failure, act } = useAct()
  const lines = [...(first.data?.lines ?? []), ...(later?.lines ?? [])]
  const more = later?.more ?? first.data?.more ?? false
  async function readOn() {
    const next = await admin.ask('listAudit', {}, null, { before: String(lines.at(-1)?.id ?? 0) })
    setLater({ lines: [...(later?.lines ?? []), ...next.lines], more: next.more })
  }
  return (
    <section class="page-part stack">
      <h2>{words('audit_title')}</h2>
      {first.failure && <FailureBanner failure={first.failure} />}
      {first.data?.lines.length === 0 && <p class="soft">{words('audit_none')}</p>}
      <ul>
        {lines.map((line) => (
          <li class="audit" key={line.id}>
            <details>
              <summary>
                <strong>{wordsOf('act', line.act)}</strong> {auditValue('', line.subject, known)}
                <span class="faint block">{words('audit_by', line.by?.name ?? words('audit_system'), fullDate(line.at))}</span>
              </summary>
              <Changes before={line.before} after={line.after} known={known} />
            </details>
          </li>
        ))}
      </ul>
      {failure && <FailureBanner failure={failure} />}
      {more && (
        <div>
          <Button size="small" look="line" disabled={busy} onClick={() => void act(readOn)}>
            {words('audit_more')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Changes({ before, after, known }: Pick<AuditLine, 'before' | 'after'> & { known: Known }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (names.length === 0) return <p class="faint">{words('audit_no_details')}</p>
  return (
    <Table columns={[words('audit_what'), words('audit_before'), words('audit_after')]}>
      {names.map((name) => (
        <Row key={name}>
          <Cell>{auditTitle(name)}</Cell>
          <Cell of={words('audit_before')}>
            <span class="audit-value">{auditValue(name, before?.[name], known)}</span>
          </Cell>
          <Cell of={words('audit_after')}>
            <span class="audit-value">{auditValue(name, after?.[name], known)}</span>
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
