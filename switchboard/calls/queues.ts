/** Queues of `<Enqueue>`. Nothing takes calls out of them but `<Leave>`, a hang-up, or a redirect of the call by REST. */
import { makeSid } from './sid.ts'

export interface Queue {
  sid: string
  name: string
  /** CallSids, longest waiting first. */
  waiting: string[]
}

export interface Queues {
  /** Made at its first use. */
  named(name: string): Queue
}

export function createQueues(): Queues {
  const queues = new Map<string, Queue>()
  return {
    named(name) {
      const queue = queues.get(name) ?? { sid: makeSid('QU'), name, waiting: [] }
      queues.set(name, queue)
      return queue
    },
  }
}
