/** The microphone that is opened while the finger is still down on Answer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEarlyMicrophone } from '../../entrypoints/voice/early-microphone.ts'

const track = () => ({ stop: vi.fn() })
let tracks: ReturnType<typeof track>[]
let asked: MediaStreamConstraints[]
let refuses: boolean

const browserOpen = async (constraints: MediaStreamConstraints) => {
  asked.push(constraints)
  if (refuses) throw new DOMException('no', 'NotAllowedError')
  const made = track()
  tracks.push(made)
  return { getTracks: () => [made] } as unknown as MediaStream
}
const closed = () => tracks.map(({ stop }) => stop.mock.calls.length > 0)

beforeEach(() => {
  vi.useFakeTimers()
  tracks = []
  asked = []
  refuses = false
})
afterEach(() => vi.useRealTimers())

test('goes to the call that follows, and stays open', async () => {
  const { open, getUserMedia } = createEarlyMicrophone(browserOpen)
  open()
  open()
  const stream = await getUserMedia({ audio: true })
  await vi.advanceTimersByTimeAsync(5000)
  expect(stream.getTracks()).toEqual([tracks[0]])
  expect(asked).toHaveLength(1)
  expect(closed()).toEqual([false])
  // The next call has one of its own.
  await getUserMedia({ audio: true })
  expect(closed()).toEqual([false, false])
})

test('is closed after a second where no call follows', async () => {
  const { open } = createEarlyMicrophone(browserOpen)
  open()
  await vi.advanceTimersByTimeAsync(900)
  expect(closed()).toEqual([false])
  await vi.advanceTimersByTimeAsync(200)
  expect(closed()).toEqual([true])
})

test('another microphone than the call asks for is closed, and from then on that one is opened early', async () => {
  const { open, getUserMedia } = createEarlyMicrophone(browserOpen)
  const chosen = { audio: { deviceId: { exact: 'desk' } } }
  open()
  await getUserMedia(chosen)
  expect(closed()).toEqual([true, false])
  open()
  await getUserMedia(chosen)
  expect(asked).toEqual([{ audio: true }, chosen, chosen])
})

test('one that was refused is asked for again by the call, which tells the failure', async () => {
  const { open, getUserMedia } = createEarlyMicrophone(browserOpen)
  refuses = true
  open()
  await expect(getUserMedia({ audio: true })).rejects.toMatchObject({ name: 'NotAllowedError' })
  refuses = false
  open()
  await vi.advanceTimersByTimeAsync(0)
  expect((await getUserMedia({ audio: true })).getTracks()).toHaveLength(1)
})
