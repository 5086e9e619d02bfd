import { useState } from 'preact/hooks'
import { fullDate } from '../../utils/format.ts'
import type { AuditLine } from '../../utils/protocol/admin.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { Cell, Row, Table } from './table.tsx'
import { useAct, useAsked } from './use-asked.ts'

/** Every act of an admin: who, what, before, after. Newest first. */
export function AuditLog({ admin }: { admin: Admin }) {
  const first = useAsked(admin.ask, 'listAudit')
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
                <strong>{wordsOf('act', line.act)}</strong> {line.subject}
                <span class="faint block">{words('audit_by', line.by?.name ?? words('audit_system'), fullDate(line.at))}</span>
              </summary>
              <Changes before={line.before} after={line.after} />
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

function Changes({ before, after }: Pick<AuditLine, 'before' | 'after'>) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (names.length === 0) return <p class="faint">{words('audit_no_details')}</p>
  const shown = (value: unknown) =>
    value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <Table columns={[words('audit_what'), words('audit_before'), words('audit_after')]}>
      {names.map((name) => (
        <Row key={name}>
          <Cell>{name}</Cell>
          <Cell of={words('audit_before')}>
            <span class="audit-value">{shown(before?.[name])}</span>
          </Cell>
          <Cell of={words('audit_after')}>
            <span class="audit-value">{shown(after?.[name])}</span>
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
