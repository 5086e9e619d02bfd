import { Eye, Globe, Plus, Trash2 } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { words, wordsOf } from '../../utils/words.ts'
import { Banner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Icon } from '../base/icon.tsx'
import { Empty, Waiting } from '../base/signs.tsx'

export type SiteWord = { kind: 'added' | 'removed' | 'tab-shown'; site: string } | { kind: 'refused' | 'bad-address' }

interface Props {
  /** Origins; null while they are being read. */
  sites: string[] | null
  /** Those on which the person hid the edge tab. */
  hidden: string[]
  word: SiteWord | null
  /** Must be called in the click itself: the browser asks for the permission only then. */
  onAdd: (address: string) => void
  onRemove: (origin: string) => void
  onShowTab: (origin: string) => void
  /** Where one is in the first run, and what comes next. */
  steps?: ComponentChildren
  next?: ComponentChildren
}

/** Where Ringside may show itself (OV1). */
export function SitesPage({ sites, hidden, word, onAdd, onRemove, onShowTab, steps, next }: Props) {
  const [address, setAddress] = useState('')
  const id = useId()
  return (
    <div class="page stack">
      {steps}
      <h1 class="page-title">{words('sites_title')}</h1>
      <section class="page-part stack">
        <p class="soft">{words('sites_why')}</p>
        <form
          class="field"
          onSubmit={(event) => {
            event.preventDefault()
            onAdd(address)
          }}
        >
          <label for={id}>{words('sites_field')}</label>
          <div class="device-row">
            <input
              id={id}
              class="input"
              type="text"
              inputMode="url"
              autoComplete="off"
              spellcheck={false}
              placeholder={words('sites_example')}
              value={address}
              aria-invalid={word?.kind === 'bad-address'}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
            <Button type="submit" look="main" icon={Plus} disabled={address.trim() === ''}>
              {words('sites_add')}
            </Button>
          </div>
        </form>
        {word && <SiteBanner word={word} />}
      </section>
      <section class="page-part" aria-label={words('sites_title')}>
        {sites === null && <Waiting>{words('loading')}</Waiting>}
        {sites?.length === 0 && (
          <Empty icon={Globe} title={words('sites_none')}>
            <p>{words('sites_none_hint')}</p>
          </Empty>
        )}
        <ul>
          {sites?.map((origin) => (
            <li key={origin} class="site-row">
              <Icon of={Globe} />
              <span class="grow cut" title={origin}>
                {origin.replace(/^https:\/\//, '')}
              </span>
              {hidden.includes(origin) && (
                <Button look="line" size="small" icon={Eye} aria-label={words('tab_show_label', origin)} onClick={() => onShowTab(origin)}>
                  {words('tab_show')}
                </Button>
              )}
              <Button
                look="plain"
                size="small"
                icon={Trash2}
                aria-label={words('sites_remove_label', origin)}
                onClick={() => onRemove(origin)}
              >
                {words('sites_remove')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      {next}
    </div>
  )
}

function SiteBanner({ word }: { word: SiteWord }) {
  if ('site' in word) return <Banner tone="go" role="status" title={wordsOf('sites', word.kind, word.site)} />
  return <Banner tone="warn" role="alert" title={words(word.kind === 'refused' ? 'sites_refused' : 'sites_bad_address')} />
}
