import { useEffect, useState } from 'preact/hooks'
import { SiteRow } from '../../components/popup/popup-view.tsx'
import { activeSite, requestSite } from '../../utils/site-permission.ts'
import type { View } from '../../utils/view.ts'

/** The site of the tab in front, and whether Ringside may show itself there (OV1). */
export function Site({ view }: { view: View }) {
  const [origin, setOrigin] = useState<string | null | undefined>(undefined)
  const [allowed, setAllowed] = useState(false)
  const [tabHidden, setTabHidden] = useState(false)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    void (async () => {
      const [site, result] = await Promise.all([activeSite(), view.send({ type: 'list-sites' })])
      const { sites, hidden } = result as { sites: string[]; hidden: string[] }
      setAllowed(sites.includes(site ?? ''))
      setTabHidden(hidden.includes(site ?? ''))
      setOrigin(site)
    })().catch(() => setOrigin(null))
  }, [view])

  async function allow(site: string) {
    // Asked for before any await: the browser wants to see the click.
    const given = await requestSite(site)
    setFailed(!given)
    if (!given) return
    await view.send({ type: 'site-allowed', origin: site })
    setAllowed(true)
  }

  if (origin === undefined) return null
  return (
    <SiteRow
      host={origin && new URL(origin).host}
      allowed={allowed}
      tabHidden={tabHidden}
      failed={failed}
      onAllow={() => origin && void allow(origin).catch(() => setFailed(true))}
      onShowTab={() =>
        origin &&
        void view.send({ type: 'show-tab', origin }).then(
          () => setTabHidden(false),
          () => {},
        )
      }
    />
  )
}
