/** What somebody heard: how loud, and which tone. Measured where the sound ends, never inferred from a state. */
import { until } from './process.ts'

export interface Hearing {
  /** Loudness of the last 200 ms in dBFS; silence is below -60. */
  dbfs: number
  /** The strongest frequency in Hz; 0 in silence. */
  hz: number
}

/** A listener that can be asked at any moment. */
export type Ear = () => Promise<Hearing | undefined>

const LOUD = -45
const NEAR_HZ = 25

/** Waits until this tone is heard. 8 kHz telephony moves a tone by less than 1 Hz; the analyser's bins are some 20 Hz wide. */
export async function hearTone(ear: Ear, hz: number, timeoutMs = 15_000): Promise<Hearing> {
  let last: Hearing | undefined
  try {
    return await until(async () => {
      last = await ear()
      return last && last.dbfs > LOUD && Math.abs(last.hz - hz) <= NEAR_HZ ? last : undefined
    }, timeoutMs)
  } catch (cause) {
    throw new Error(`Expected to hear ${hz} Hz, heard ${last ? `${Math.round(last.hz)} Hz at ${Math.round(last.dbfs)} dBFS` : 'nothing'}`, {
      cause,
    })
  }
}

/** Waits until it is silent. */
export async function hearSilence(ear: Ear, timeoutMs = 10_000): Promise<void> {
  let last: Hearing | undefined
  try {
    await until(async () => {
      last = await ear()
      return last === undefined || last.dbfs < -60
    }, timeoutMs)
  } catch (cause) {
    throw new Error(`Expected silence, heard ${last ? `${Math.round(last.hz)} Hz at ${Math.round(last.dbfs)} dBFS` : 'nothing'}`, { cause })
  }
}
