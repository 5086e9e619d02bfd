import { Pause, Play } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { clock } from '../../utils/format.ts'
import { words } from '../../utils/words.ts'
import { Button } from '../base/button.tsx'
import { Spinner } from '../base/signs.tsx'

/** Gives an address that an audio element plays, and takes it back when the player is gone. */
export type LoadSound = (recordingId: string) => Promise<{ url: string; release: () => void }>

/** Plays a recording. It is fetched at the first press, because most threads are read without listening. */
export function VoicemailPlayer({ recordingId, seconds, load }: { recordingId: string; seconds: number; load: LoadSound }) {
  const audio = useRef<HTMLAudioElement>(null)
  const [url, setUrl] = useState<string | null>(null)
  const [state, setState] = useState<'idle' | 'loading' | 'playing' | 'paused' | 'failed'>('idle')
  const [at, setAt] = useState(0)
  const release = useRef<() => void>(() => {})
  useEffect(() => () => release.current(), [])

  async function toggle() {
    if (state === 'playing') return audio.current?.pause()
    if (url) return void audio.current?.play().catch(() => setState('failed'))
    setState('loading')
    try {
      const sound = await load(recordingId)
      release.current = sound.release
      setUrl(sound.url)
    } catch {
      setState('failed')
    }
  }

  const playing = state === 'playing'
  return (
    <div class="player">
      {state === 'loading' ? (
        <span class="player-wait" role="status" aria-label={words('loading')}>
          <Spinner />
        </span>
      ) : (
        <Button
          look="main"
          icon={playing ? Pause : Play}
          label={words(playing ? 'voicemail_pause' : 'voicemail_play')}
          onClick={() => void toggle()}
        />
      )}
      <input
        type="range"
        min={0}
        max={seconds}
        step={0.1}
        value={at}
        disabled={!url}
        aria-label={words('voicemail_position')}
        aria-valuetext={words('separator_of', clock(at), clock(seconds))}
        onInput={(event) => {
          const position = Number(event.currentTarget.value)
          if (audio.current) audio.current.currentTime = position
          setAt(position)
        }}
      />
      <span class="faint digits">
        {clock(at)} / {clock(seconds)}
      </span>
      {state === 'failed' && (
        <p class="player-failed" role="alert">
          {words('voicemail_failed')}
        </p>
      )}
      {url && (
        // biome-ignore lint/a11y/useMediaCaption: a voicemail has no captions; its transcript, where there is one, is beside it
        <audio
          ref={audio}
          src={url}
          autoPlay
          onPlay={() => setState('playing')}
          onPause={() => setState('paused')}
          onEnded={() => setAt(0)}
          onError={() => setState('failed')}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        />
      )}
    </div>
  )
}
