/** What each verb does. A verb resolves when it is through, or early when its stage's signal is aborted. */
import type { Stage, Step } from '../programs/stage.ts'
import type { Element } from '../twiml/parse.ts'
import { dial } from './dial.ts'
import { enqueue } from './enqueue.ts'
import { gather } from './gather.ts'
import { hangUp, leave, pause, redirect, reject } from './plain.ts'
import { play } from './play.ts'
import { record } from './record.ts'
import { say } from './say.ts'

export type Verb = (stage: Stage, element: Element) => Promise<Step>

export const VERBS: Record<string, Verb> = {
  Say: say,
  Play: play,
  Pause: pause,
  Record: record,
  Redirect: redirect,
  Hangup: hangUp,
  Reject: reject,
  Leave: leave,
  Dial: dial,
  Gather: gather,
  Enqueue: enqueue,
}
