import { Play, Square, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { duration } from '../../utils/format.ts'
import type { Greeting, Greetings } from '../../utils/protocol/channels.ts'
import { language, words } from '../../utils/words.ts'
import { Banner, FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import type { Admin } from './ask.ts'
import { ChoiceField, Field } from './field.tsx'
import { Listening } from './listening.tsx'
import { RecordingUpload } from './recording-upload.tsx'
import { textLanguage } from './settings.ts'
import { useAct } from './use-asked.ts'
import { voices } from './voices.ts'

interface Props {
  greetings: Greetings
  admin: Admin
  onChange: (greetings: Greetings) => void
}

const kinds = ['inHours', 'afterHours', 'closed'] as const
const families = { inHours: 'greeting_in_hours', afterHours: 'greeting_after_hours', closed: 'greeting_closed' }

/** What callers hear when nobody answers, outside working hours, and while the channel is off (CH5, CH6). */
export function GreetingsEditor({ greetings, admin, onChange }: Props) {
  return (
    <>
      {kinds.map((kind) => (
        <GreetingEditor
          key={kind}
          title={words(families[kind])}
          greeting={greetings[kind]}
          admin={admin}
          onChange={(greeting) => onChange({ ...greetings, [kind]: greeting })}
        />
      ))}
      <Listening admin={admin} />
    </>
  )
}

interface OneProps {
  title: string
  greeting: Greeting
  admin: Admin
  onChange: (greeting: Greeting) => void
}

function GreetingEditor({ title, greeting, admin, onChange }: OneProps) {
  const hearing = useAct()
  /** Of what was uploaded just now. */
  const [seconds, setSeconds] = useState<number | null>(null)
  const empty = greeting.uploadId === null && greeting.text.trim() === ''
  const guess = greeting.uploadId === null ? textLanguage(greeting.text) : null
  const names = new Intl.DisplayNames(language(), { type: 'language' })
  const busy = admin.listening?.state === 'connecting' || admin.listening?.state === 'open'

  return (
    <fieldset class="set">
      <legend>{title}</legend>
      {greeting.uploadId ? (
        <div class="row wrap">
          <span class="grow">
            {words('greeting_recorded')} {seconds !== null && <span class="soft digits">{duration(seconds)}</span>}
          </span>
          <Button size="small" look="plain" icon={Trash2} onClick={() => onChange({ ...greeting, uploadId: null })}>
            {words('greeting_use_text')}
          </Button>
        </div>
      ) : (
        <>
          <Field label={words('greeting_text')} problem={empty ? words('greeting_empty') : null}>
            {(tie) => (
              <textarea
                class="input area"
                maxLength={4096}
                {...tie}
                value={greeting.text}
                onInput={(event) => onChange({ ...greeting, text: event.currentTarget.value })}
              />
            )}
          </Field>
          <div class="pair">
            <ChoiceField
              label={words('greeting_language')}
              value={greeting.language}
              options={[...new Set([greeting.language, ...Object.keys(voices)])].map((value) => ({
                value,
                text: names.of(value) ?? value,
              }))}
              onChoose={(value) =>
                onChange({ ...greeting, language: value, voice: voices[value]?.[0] ? `Polly.${voices[value]?.[0]}` : null })
              }
            />
            <ChoiceField
              label={words('greeting_voice')}
              value={greeting.voice ?? ''}
              options={[
                { value: '', text: words('greeting_voice_own') },
                ...(voices[greeting.language] ?? []).map((name) => ({ value: `Polly.${name}`, text: name })),
              ]}
              onChoose={(value) => onChange({ ...greeting, voice: value || null })}
            />
          </div>
          {guess && !greeting.language.startsWith(guess) && (
            <Banner
              tone="warn"
              role="status"
              title={words('greeting_other_language', names.of(guess) ?? guess, names.of(greeting.language) ?? '')}
            />
          )}
        </>
      )}
      <div class="row wrap">
        {busy ? (
          <Button size="small" look="line" icon={Square} onClick={admin.stopListening}>
            {words('listen_stop')}
          </Button>
        ) : (
          <Button
            size="small"
            look="line"
            icon={Play}
            disabled={empty || hearing.busy || admin.inCall}
            onClick={() => void hearing.act(async () => admin.listen((await admin.ask('previewGreeting', {}, greeting)).ticket))}
          >
            {words('greeting_hear')}
          </Button>
        )}
        <RecordingUpload
          admin={admin}
          onUploaded={(uploadId, lasting) => {
            setSeconds(lasting)
            onChange({ ...greeting, uploadId })
          }}
        />
      </div>
      {hearing.failure && <FailureBanner failure={hearing.failure} />}
    </fieldset>
  )
}
