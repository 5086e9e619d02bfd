import { RingsideError, type RouteBody, type RouteReply } from '../../utils/protocol/index.ts'
import { audit } from '../people/audit.ts'
import type { Store, Writer } from '../store/store.ts'
import type { UserRow } from '../store/tables.ts'
import { evenLoudness } from './loudness.ts'
import { resample } from './resample.ts'
import { parseWav, writeWav } from './wav.ts'

/** What the telephone carries. */
const RATE = 8000
const MOST_BYTES = 10_000_000
const LEAST_SECONDS = 0.5
const MOST_SECONDS = 120

export interface Recording {
  /** 8 kHz. */
  wav: Buffer
  seconds: number
}

const refusal = (why: 'too-large' | 'format' | 'too-short' | 'too-long' | 'silent') => new RingsideError('upload_refused', { why })

/** Makes a recording fit for callers. Error: upload_refused {why}. */
export async function prepareRecording(wavBase64: string): Promise<Recording> {
  const bytes = Buffer.from(wavBase64, 'base64')
  if (bytes.length > MOST_BYTES) throw refusal('too-large')
  const sound = parseWav(bytes)
  if (!sound) throw refusal('format')
  const seconds = sound.samples.length / sound.rate
  if (seconds < LEAST_SECONDS) throw refusal('too-short')
  if (seconds > MOST_SECONDS) throw refusal('too-long')
  const { samples } = await resample(sound, RATE)
  const even = evenLoudness(samples, RATE)
  if (!even) throw refusal('silent')
  return { wav: writeWav({ rate: RATE, samples: even }), seconds }
}

/** Asked again with the same id: what was kept the first time. Error: upload_refused {why}. */
export async function uploadGreeting(
  store: Store,
  admin: UserRow,
  { uploadId, wavBase64 }: RouteBody<'uploadGreeting'>,
): Promise<RouteReply<'uploadGreeting'>> {
  const recording = await prepareRecording(wavBase64)
  return store.write((writer) => keep(writer, admin, uploadId, recording))
}

async function keep({ db, now, ...rest }: Writer, admin: UserRow, id: string, { wav, seconds }: Recording) {
  const fresh = await db
    .insertInto('uploads')
    .values({ id, wav, seconds, by_user: admin.id, at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  const kept = await db.selectFrom('uploads').select('seconds').where('id', '=', id).executeTakeFirstOrThrow()
  const after = { uploadId: id, seconds: kept.seconds }
  if (fresh) await audit({ db, now, ...rest }, { by: admin.id, act: 'greeting-uploaded', subject: id, before: null, after })
  return after
}
