// biome-ignore-all lint/a11y/noRedundantRoles: where rows are shown as blocks, browsers drop the roles that the tags imply
import type { ComponentChildren } from 'preact'

interface TableProps {
  label?: string
  columns: ComponentChildren[]
  children: ComponentChildren
}

/** A table whose rows become blocks where there is no room for columns. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div class="table-box">
      <table class="table" role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column, index) => (
              <th key={index} scope="col" role="columnheader">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  )
}

export function Row({ chosen, children }: { chosen?: boolean; children: ComponentChildren }) {
  return (
    <tr role="row" data-chosen={chosen}>
      {children}
    </tr>
  )
}

/** `of`: its column's title, seen before the value where there are no columns. */
export function Cell({ of, children }: { of?: string; children: ComponentChildren }) {
  return (
    <td role="cell">
      {of && (
        <span class="cell-of" aria-hidden="true">
          {of}
        </span>
      )}
      {children}
    </td>
  )
}
