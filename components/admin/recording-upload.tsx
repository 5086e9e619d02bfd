import { Upload } from 'lucide'
import { useId, useRef, useState } from 'preact/hooks'
import type { Failure } from '../../utils/messages.ts'
import { words, wordsOf } from '../../utils/words.ts'
import { FailureBanner } from '../base/banner.tsx'
import { Button } from '../base/button.tsx'
import { Spinner } from '../base/signs.tsx'
import { type Admin, failureOf } from './ask.ts'
import { decodeToWav, MOST_BYTES, MOST_SECONDS, secondsOf, toBase64 } from './wav.ts'

type Stage = 'reading' | 'sending' | null

interface Props {
  admin: Admin
  onUploaded: (uploadId: string, seconds: number) => void
}

/** A recording in place of the text: chosen, read, held against the limits, sent. How far it is and what is wrong with it stand beside the button. */
export function RecordingUpload({ admin, onUploaded }: Props) {
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const [stage, setStage] = useState<Stage>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const why = failure?.code === 'upload_refused' && failure.details?.why

  async function send(chosen: File): Promise<void> {
    setStage('reading')
    if (chosen.size > MOST_BYTES) throw refused('too-large')
    const wav = await decodeToWav(chosen).catch(() => Promise.reject(refused('format')))
    if (secondsOf(wav) > MOST_SECONDS) throw refused('too-long')
    setStage('sending')
    const { uploadId, seconds } = await admin.ask('uploadGreeting', {}, { uploadId: crypto.randomUUID(), wavBase64: toBase64(wav) })
    onUploaded(uploadId, seconds)
  }

  const take = (chosen: File) => {
    setFailure(null)
    send(chosen)
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => setStage(null))
  }

  return (
    <>
      <Button
        size="small"
        look="plain"
        icon={Upload}
        disabled={stage !== null}
        aria-describedby={`${id}-hint ${id}-problem`}
        onClick={() => file.current?.click()}
      >
        {words('greeting_upload')}
      </Button>
      <input
        ref={file}
        type="file"
        accept="audio/*"
        hidden
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (chosen) take(chosen)
        }}
      />
      <span class="faint" id={`${id}-hint`}>
        {words('greeting_upload_hint')}
      </span>
      <span class="row" role="status">
        {stage && (
          <>
            <Spinner size={16} /> {wordsOf('upload', stage)}
          </>
        )}
      </span>
      <p class="problem" id={`${id}-problem`} role="alert">
        {why && wordsOf('upload_problem', why)}
      </p>
      {failure && !why && <FailureBanner failure={failure} />}
    </>
  )
}

const refused = (why: string) => Object.assign(new Error(why), { failure: { code: 'upload_refused', details: { why } } satisfies Failure })
