import { type ReadonlySignal, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { AllDone } from '../../components/desk/next-step.tsx'
import { SitesPage, type SiteWord } from '../../components/desk/sites-page.tsx'
import { originOf, requestSite } from '../../utils/site-permission.ts'
import type { View } from '../../utils/view.ts'

export interface SitesModel {
  /** Origins; null until read. */
  list: ReadonlySignal<string[] | null>
  /** Where the edge tab is hidden. */
  hidden: ReadonlySignal<string[]>
  word: ReadonlySignal<SiteWord | null>
  /** Whether a site was allowed while this page was open. */
  fresh: ReadonlySignal<boolean>
  read: () => Promise<void>
  add: (address: string) => void
  remove: (origin: string) => Promise<void>
  showTab: (origin: string) => Promise<void>
}

export function createSites(view: View): SitesModel {
  const list = signal<string[] | null>(null)
  const hidden = signal<string[]>([])
  const word = signal<SiteWord | null>(null)
  const fresh = signal(false)

  async function read(): Promise<void> {
    const result = await view.send({ type: 'list-sites' }).catch(() => null)
    if (!result) return
    const read = result as { sites: string[]; hidden: string[] }
    list.value = read.sites
    hidden.value = read.hidden
  }

  async function tell(origin: string, asked: Promise<boolean>): Promise<void> {
    if (!(await asked.catch(() => false))) {
      word.value = { kind: 'refused' }
      return
    }
    await view.send({ type: 'site-allowed', origin })
    word.value = { kind: 'added', site: new URL(origin).host }
    fresh.value = true
    await read()
  }

  return {
    list,
    hidden,
    word,
    fresh,
    read,
    add(address) {
      const origin = originOf(address)
      if (!origin) word.value = { kind: 'bad-address' }
      // Asked for in the same turn as the click.
      else void tell(origin, requestSite(origin)).catch(() => {})
    },
    async remove(origin) {
      await view.send({ type: 'site-removed', origin }).catch(() => {})
      word.value = { kind: 'removed', site: new URL(origin).host }
      await read()
    },
    async showTab(origin) {
      await view.send({ type: 'show-tab', origin }).catch(() => {})
      word.value = { kind: 'tab-shown', site: new URL(origin).host }
      await read()
    },
  }
}

export function Sites({ sites, steps }: { sites: SitesModel; steps: ComponentChildren }) {
  // Another surface may have changed them.
  useEffect(() => void sites.read(), [sites])
  return (
    <SitesPage
      sites={sites.list.value}
      hidden={sites.hidden.value}
      word={sites.word.value}
      onAdd={sites.add}
      onRemove={(origin) => void sites.remove(origin)}
      onShowTab={(origin) => void sites.showTab(origin)}
      steps={steps}
      next={sites.fresh.value && !steps && <AllDone />}
    />
  )
}
