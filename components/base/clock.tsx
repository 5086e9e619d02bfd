import { useEffect, useState } from 'preact/hooks'
import { clock } from '../../utils/format.ts'

/** Milliseconds of now, again every second while the component is shown. */
export function useNow(): number {
  const [now, tick] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Counts up from an instant. Not a live region: a screen reader would speak every second. */
export function Timer({ since }: { since: string }) {
  const now = useNow()
  return (
    <span class="digits" role="timer">
      {clock((now - Date.parse(since)) / 1000)}
    </span>
  )
}
