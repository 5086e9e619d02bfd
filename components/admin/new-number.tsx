import { RefreshCw, ShoppingCart, Sparkles } from 'lucide'
import { useState } from 'preact/hooks'
import { phone } from '../../utils/format.ts'
import type { Draft, OfferedNumber } from '../../utils/protocol/channels.ts'
import { language, words, wordsOf } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Badge, Spinner, Waiting } from '../base/signs.tsx'
import type { Admin } from './ask.ts'
import { ChoiceField, TextField } from './field.tsx'
import { useAct, useAsked } from './use-asked.ts'
import { countryName } from './when.ts'

interface Props {
  draft: Draft
  admin: Admin
  onClaimed: (draft: Draft) => void
}

/** Country and area, a number that can be had, what it costs and demands, and only then the purchase (CH2). */
export function NewNumber({ draft, admin, onClaimed }: Props) {
  const countries = useAsked(admin.ask, 'listCountries')
  const [country, setCountry] = useState(() => new Intl.Locale(language()).maximize().region ?? 'US')
  const [prefix, setPrefix] = useState('')
  const [offer, setOffer] = useState<OfferedNumber | null>(null)
  const [seen, setSeen] = useState<string[]>([])
  const finding = useAct()
  if (countries.failure) return <FailureBanner failure={countries.failure} />
  if (!countries.data) return <Waiting>{words('loading')}</Waiting>
  const list = countries.data.countries
    .map((one) => ({ ...one, name: countryName(one.code) }))
    .sort((a, b) => a.name.localeCompare(b.name, language()))
  const chosen = list.find(({ code }) => code === country) ?? list[0]
  const wrong = /^\d{0,9}$/.test(prefix) ? null : words('number_prefix_wrong')

  async function suggest(not: string[]) {
    try {
      const found = await admin.ask('suggestNumber', {}, { country: chosen?.code ?? '', prefix, not: not.slice(-200) })
      setOffer(found)
      setSeen([...not, found.e164])
    } catch (error) {
      setOffer(null)
      throw error
    }
  }
  const change = (set: () => void) => {
    set()
    setOffer(null)
    setSeen([])
    finding.clear()
  }

  return (
    <div class="stack">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!wrong) void finding.act(() => suggest(seen))
        }}
      >
        <div class="pair">
          <ChoiceField
            label={words('number_country')}
            value={chosen?.code ?? ''}
            options={list.map(({ code, name, callingCode }) => ({ value: code, text: `${name} (+${callingCode})` }))}
            onChoose={(code) => change(() => setCountry(code))}
          />
          <TextField
            label={words(chosen?.areaCodes ? 'number_area' : 'number_prefix')}
            hint={words(chosen?.areaCodes ? 'number_area_hint' : 'number_prefix_hint')}
            problem={wrong}
            inputMode="numeric"
            maxLength={9}
            value={prefix}
            onValue={(value) => change(() => setPrefix(value.trim()))}
          />
        </div>
        <div>
          <Button type="submit" look={offer ? 'line' : 'main'} disabled={finding.busy || !chosen}>
            {finding.busy ? <Spinner /> : null}
            {words(offer ? 'number_another' : 'number_generate')}
          </Button>
        </div>
      </form>
      {finding.failure && (
        <FailureBanner failure={finding.failure}>
          {finding.failure.code === 'none_available' && seen.length > 0 && (
            <Button size="small" look="line" icon={RefreshCw} onClick={() => void finding.act(() => suggest([]))}>
              {words('number_from_start')}
            </Button>
          )}
        </FailureBanner>
      )}
      {offer && (
        <Offer
          key={offer.e164}
          offer={offer}
          draft={draft}
          admin={admin}
          busy={finding.busy}
          onClaimed={onClaimed}
          onAgain={() => void finding.act(() => suggest(seen.filter((e164) => e164 !== offer.e164)))}
        />
      )}
    </div>
  )
}

interface OfferProps extends Props {
  offer: OfferedNumber
  /** Another one is being looked for. */
  busy: boolean
  /** Looks at the same one again: papers may have come meanwhile. */
  onAgain: () => void
}

export function Offer({ offer, draft, admin, busy: finding, onClaimed, onAgain }: OfferProps) {
  const { busy, failure, act } = useAct()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const papers = Object.fromEntries(offer.requirements.map(({ kind, existing }) => [kind, chosen[kind] ?? existing[0]?.sid]))
  const missing = offer.requirements.filter(({ existing }) => existing.length === 0)
  const abilities = (['voice', 'sms', 'mms', 'fax'] as const).filter((name) => offer.capabilities[name])
  const body = { e164: offer.e164, addressSid: papers.address || null, bundleSid: papers.bundle || null }
  async function claim() {
    await admin.ask('startDraft', { draftId: draft.id }, {})
    onClaimed(await admin.ask('claimNumber', { draftId: draft.id }, body))
  }
  return (
    <section class="page-part stack" aria-live="polite" aria-label={words('number_found')}>
      <p class="offer-number digits">{phone(offer.e164)}</p>
      <p class="chips">
        <span class="soft">{[offer.locality, countryName(offer.country)].filter(Boolean).join(', ')}</span>
        {abilities.map((name) => (
          <Badge key={name}>{words(`ability_${name}`)}</Badge>
        ))}
      </p>
      <p>
        <strong>{offer.monthly ? words('number_monthly', money(offer.monthly)) : words('number_price_unknown')}</strong>
      </p>
      {offer.requirements
        .filter(({ existing }) => existing.length > 0)
        .map(({ kind, existing }) => (
          <ChoiceField
            key={kind}
            label={words(`papers_${kind}`)}
            value={papers[kind] ?? ''}
            options={existing.map(({ sid, label }) => ({ value: sid, text: label }))}
            onChoose={(sid) => setChosen({ ...chosen, [kind]: sid })}
          />
        ))}
      {missing.map(({ kind, where }) => (
        <Banner key={kind} tone="warn" title={words(`papers_missing_${kind}`, countryName(offer.country))}>
          {where && <p>{wordsOf('papers_where', where)}</p>}
        </Banner>
      ))}
      {missing.length > 0 && (
        <>
          <p class="soft">{words('papers_remedy')}</p>
          <div>
            <Button look="line" icon={RefreshCw} disabled={finding} onClick={onAgain}>
              {words('papers_check')}
            </Button>
          </div>
        </>
      )}
      {failure && <FailureBanner failure={failure} />}
      <div>
        <Button
          look="main"
          icon={busy ? Sparkles : ShoppingCart}
          disabled={busy || finding || missing.length > 0 || !offer.capabilities.voice}
          onClick={() => void act(claim)}
        >
          {words(busy ? 'number_claiming' : 'number_claim')}
        </Button>
      </div>
    </section>
  )
}

const money = ({ amount, currency }: { amount: string; currency: string }) =>
  new Intl.NumberFormat(language(), { style: 'currency', currency }).format(Number(amount))
