/**
 * The seam between voice and everything that moves it.
 *
 * Inside the switchboard all voice is one format: mono, 8 kHz, signed 16 bit, in frames of 20 ms.
 * It is what PCMU carries, so nothing is resampled on the way of an ordinary call.
 */

/** Samples a second. */
export const SAMPLE_RATE = 8000
/** Length of one frame in milliseconds. */
export const FRAME_MS = 20
/** Samples in one frame. */
export const FRAME_SAMPLES = 160

/** 160 samples; frames are never changed after they were handed over. */
export type Frame = Int16Array

/**
 * One party's ear and mouth. `read` is called once in each 20 ms tick by whoever the party is connected to (a TwiML verb, a conference);
 * null means that the party sent nothing in this tick and counts as silence. `write` is what the party shall hear now.
 * Both are cheap and never throw; a closed port reads null and swallows writes.
 */
export interface MediaPort {
  read(): Frame | null
  write(frame: Frame): void
  close(): void
}
