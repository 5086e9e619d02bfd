import { levelDbfs } from '../media/measure.ts'
import type { Frame } from '../media/port.ts'
import { resolveAddress, type Stage } from '../programs/stage.ts'
import type { RecordingSource } from '../store/records.ts'
import { methodOf, textOf, wordsOf } from '../twiml/attribute-access.ts'
import type { Element } from '../twiml/parse.ts'
import type { RecordingOrder } from './recordings.ts'

/** Softer than this is silence. A quiet room on a phone line is about −60 dBFS. */
const SPEECH_DBFS = -42

export const isLoud = (frame: Frame): boolean => levelDbfs(frame) > SPEECH_DBFS

/** What a verb's recording attributes ask for. */
export function recordingOrder(
  stage: Stage,
  element: Element,
  source: RecordingSource,
  of: { callSid?: string; conferenceSid?: string },
): RecordingOrder {
  const callback = textOf(element, 'recordingStatusCallback')
  return {
    ...of,
    source,
    trim: textOf(element, 'trim') === 'trim-silence',
    callback: callback
      ? {
          url: resolveAddress(stage, callback),
          method: methodOf(element, 'recordingStatusCallbackMethod'),
          events: wordsOf(element, 'recordingStatusCallbackEvent'),
        }
      : undefined,
  }
}
