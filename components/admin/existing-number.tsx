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
    void choosing.act(async () => onChosen(await admin.ask('chooseNumber', { draftId: draft.id }, { numberId })))
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
      <section class="table-box" aria-label={words('existing_title')}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words('existing_number')}</th>
              <th scope="col">{words('number_country')}</th>
              <th scope="col">{words('existing_channel')}</th>
              <th scope="col">{words('existing_users')}</th>
              <th scope="col">
                <span class="unseen">{words('existing_choose')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((number) => (
              <tr key={number.id} data-chosen={number.id === chosenId}>
                <td class="digits">{phone(number.e164)}</td>
                <td>{countryName(number.country)}</td>
                <td>{number.channel?.name ?? words('existing_free')}</td>
                <td>{number.users.map(({ name }) => name).join(', ') || '–'}</td>
                <td>
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
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
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
