import { Search } from 'lucide'
import { useState } from 'preact/hooks'
import { phone } from '../../utils/format.ts'
import type { Draft } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Icon } from '../base/icon.tsx'
import { Waiting } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { Cell, Row, Table } from './table.tsx'
import { useAct, useAsked } from './use-asked.ts'
import { countryName } from './when.ts'

/** The numbers that are owned already; choosing one that a channel has says whom that will remove (CH3). */
export function ExistingNumber({ draft, admin, onChosen }: { draft: Draft; admin: Admin; onChosen: (draft: Draft) => void }) {
  const { data, failure } = useAsked(admin.ask, 'listNumbers')
  const [text, setText] = useState('')
  const choosing = useAct()
  if (failure) return <FailureBanner failure={failure} />
  if (!data) return <Waiting>{words('loading')}</Waiting>
  if (data.numbers.length === 0) return <Banner tone="info" title={words('existing_none')} />
  const wanted = text.trim().toLocaleLowerCase()
  const digits = wanted.replace(/\D/g, '')
  const rows = data.numbers.filter(
    ({ e164, channel, country }) =>
      wanted === '' ||
      (digits !== '' && e164.includes(digits)) ||
      `${channel?.name ?? ''} ${countryName(country)}`.toLocaleLowerCase().includes(wanted),
  )
  const chosenId = draft.number.how === 'existing' ? draft.number.numberId : null
  const chosen = data.numbers.find(({ id }) => id === chosenId)
  const choose = (numberId: string) =>
    void choosing.act(async () => {
      await admin.ask('startDraft', { draftId: draft.id }, {})
      onChosen(await admin.ask('chooseNumber', { draftId: draft.id }, { numberId }))
    })
  return (
    <div class="stack">
      <div class="search">
        <Icon of={Search} size={16} />
        <input
          class="input"
          type="search"
          aria-label={words('existing_search')}
          placeholder={words('existing_search')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <Table
        label={words('existing_title')}
        columns={[
          words('existing_number'),
          words('number_country'),
          words('existing_channel'),
          words('existing_users'),
          <span key="choose" class="unseen">
            {words('existing_choose')}
          </span>,
        ]}
      >
        {rows.map((number) => (
          <Row key={number.id} chosen={number.id === chosenId}>
            <Cell>
              <strong class="digits">{phone(number.e164)}</strong>
            </Cell>
            <Cell of={words('number_country')}>{countryName(number.country)}</Cell>
            <Cell of={words('existing_channel')}>{number.channel?.name ?? words('existing_free')}</Cell>
            <Cell of={words('existing_users')}>{number.users.map(({ name }) => name).join(', ') || '–'}</Cell>
            <Cell>
              <Button
                size="small"
                look={number.id === chosenId ? 'main' : 'line'}
                aria-pressed={number.id === chosenId}
                aria-label={`${words(number.id === chosenId ? 'existing_chosen' : 'existing_choose')}: ${phone(number.e164)}`}
                disabled={choosing.busy}
                onClick={() => choose(number.id)}
              >
                {words(number.id === chosenId ? 'existing_chosen' : 'existing_choose')}
              </Button>
            </Cell>
          </Row>
        ))}
      </Table>
      {rows.length === 0 && <p class="soft">{words('existing_no_match')}</p>}
      {choosing.failure && <FailureBanner failure={choosing.failure} />}
      {chosen?.channel && (
        <Banner tone="warn" role="alert" title={words('existing_warning', chosen.channel.name)}>
          <p>{words('existing_warning_users', chosen.users.map(({ name }) => name).join(', ') || '–')}</p>
          <p>{words('existing_warning_when')}</p>
        </Banner>
      )}
    </div>
  )
}
