import { ArrowLeft, ArrowRight, Check } from 'lucide'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Failure } from '../../utils/messages.ts'
import type { ChannelSettings, Draft, DraftStep } from '../../utils/protocol/channels.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Icon } from '../base/icon.tsx'
import { Spinner } from '../base/signs.tsx'
import { type Admin, failureOf } from './ask.ts'
import { Conflict } from './conflict.tsx'
import { Finish } from './finish-step.tsx'
import { NumberStep } from './number-step.tsx'
import { Opening } from './opening.tsx'
import { Parts } from './parts.tsx'
import { RingAsk } from './ring-ask.tsx'
import {
  changedParts,
  isNew,
  mergeTheirs,
  newDraft,
  type Part,
  ringSettings,
  STEPS,
  stepAfter,
  stepBefore,
  wrongParts,
} from './settings.ts'
import { useAct } from './use-asked.ts'

const partsOf: Record<DraftStep, readonly Part[]> = {
  number: [],
  tickets: ['ticket'],
  routing: ['name', 'hours', 'people', 'greetings'],
  finish: [],
}

/** Connect channel: the draft is kept in the companion after each step, so it can be left and taken up anywhere (CH7). */
export function Wizard({ draftId, admin }: { draftId: string; admin: Admin }) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const open = useCallback(() => {
    setFailure(null)
    admin.ask('readDraft', { draftId }, null).then(setDraft, (error: unknown) => {
      const failed = failureOf(error)
      // Nothing is kept of a wizard in which nothing was chosen yet.
      if (failed.code === 'not_found') setDraft(newDraft(draftId, admin.userId))
      else setFailure(failed)
    })
  }, [admin.ask, admin.userId, draftId])
  useEffect(open, [open])
  if (!draft) {
    return (
      <div class="page page-wide stack">
        <h1 class="page-title">{words('channels_connect')}</h1>
        <Opening failure={failure} again={open} />
      </div>
    )
  }
  return <Filled key={draft.id} start={draft} admin={admin} />
}

function Filled({ start, admin }: { start: Draft; admin: Admin }) {
  const [draft, setDraft] = useState(start)
  const [typed, setTyped] = useState<ChannelSettings>(start.settings)
  const [step, setStep] = useState<DraftStep>(start.channelId ? 'finish' : start.step)
  const { busy, failure, act, clear } = useAct()
  const wrong = wrongParts(typed).filter((part) => partsOf[step].includes(part))
  const numberMissing = step === 'number' && draft.number.how === 'undecided'
  const params = { draftId: draft.id }

  // Whoever comes to another step begins at its top, with the eyes and with a screen reader.
  const title = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    title.current?.focus()
    title.current?.scrollIntoView({ block: 'center' })
  }, [step])

  async function save(to: DraftStep, from: Draft = draft, settings = typed) {
    // What is not right yet stays in the fields.
    const parts = wrong.length > 0 ? {} : changedParts(from.settings, settings)
    const saved = await admin.ask('saveDraft', params, { revision: from.revision, step: to, settings: parts })
    setDraft(saved)
    setStep(to)
  }

  /** Somebody was faster on another computer: theirs is the base now, what was typed here stays. */
  async function takeUp(mine: boolean) {
    const theirs = await admin.ask('readDraft', params, null)
    const givenUp = mine ? [] : (failure?.details?.parts ?? '').split(',')
    const settings = mergeTheirs(draft.settings, typed, theirs.settings, givenUp)
    setDraft(theirs)
    setTyped(settings)
    if (mine) await save(step, theirs, settings)
  }

  /** From the end: what became of the draft meanwhile is shown, such as a number that was given back. */
  async function backTo(to: DraftStep) {
    await takeUp(false)
    setStep(to)
  }

  return (
    <div class="page page-wide stack">
      <h1 class="page-title">{words('channels_connect')}</h1>
      <WizardSteps step={step} />
      <h2 ref={title} class="step-title" tabIndex={-1}>
        {wordsOf('step', step)}
      </h2>
      {step === 'number' && (
        <section class="page-part stack">
          <NumberStep
            draft={draft}
            admin={admin}
            onDraft={(next) => {
              setDraft(next)
              if (isNew(draft)) setTyped(next.settings)
            }}
          />
        </section>
      )}
      {step === 'tickets' && <p class="soft">{words('tickets_hint')}</p>}
      {(step === 'tickets' || step === 'routing') && (
        <Parts
          parts={partsOf[step]}
          settings={typed}
          admin={admin}
          onChange={(change) => setTyped((before) => ({ ...before, ...change }))}
        />
      )}
      {step === 'routing' && !wrong.includes('hours') && (
        <RingAsk admin={admin} channelId={null} settings={ringSettings(typed)} timeZone={typed.hours.timeZone} />
      )}
      {step === 'finish' && <Finish draft={draft} admin={admin} onStep={(to) => void act(() => backTo(to))} />}
      {failure?.code === 'changed_meanwhile' ? (
        <Conflict
          failure={failure}
          admin={admin}
          read={() => admin.ask('readDraft', params, null)}
          onMine={() => void act(() => takeUp(true))}
          onTheirs={() => void act(() => takeUp(false)).then(clear)}
        />
      ) : (
        failure && <FailureBanner failure={failure} />
      )}
      {wrong.length > 0 && (
        <Banner tone="warn" role="status" title={words('parts_wrong', wrong.map((part) => wordsOf('part', part)).join(', '))} />
      )}
      {step !== 'finish' && (
        <div class="actions">
          <Button
            look="plain"
            disabled={busy || wrong.length > 0}
            onClick={() => {
              if (isNew(draft)) admin.go('/channels')
              else void act(() => save(step)).then((well) => well && admin.go('/channels'))
            }}
          >
            {words(isNew(draft) ? 'cancel' : 'wizard_later')}
          </Button>
          {step !== 'number' && (
            <Button look="line" icon={ArrowLeft} disabled={busy} onClick={() => void act(() => save(stepBefore(step)))}>
              {words('wizard_back')}
            </Button>
          )}
          <Button look="main" disabled={busy || numberMissing || wrong.length > 0} onClick={() => void act(() => save(stepAfter(step)))}>
            {words('wizard_next')} {busy ? <Spinner /> : <Icon of={ArrowRight} />}
          </Button>
        </div>
      )}
    </div>
  )
}

function WizardSteps({ step }: { step: DraftStep }) {
  const now = STEPS.indexOf(step)
  return (
    <nav class="steps" aria-label={words('channels_connect')}>
      <ol>
        {STEPS.map((name, index) => (
          <li key={name} data-done={index < now} aria-current={index === now ? 'step' : undefined}>
            <span class="steps-mark">{index < now ? <Icon of={Check} size={14} /> : index + 1}</span>
            <span>{wordsOf('step', name)}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
