import { expect, test } from 'vitest'
import { newest, pagesOf } from '../../companion/events/pages.ts'
import type { Event } from '../../utils/protocol/index.ts'

const message = (seq: number, length: number) => ({ seq, json: 'x'.repeat(length) })

test('pages follow each other without a gap, and none is longer than it may be but for a single long event', () => {
  const messages = [message(3, 40), message(5, 40), message(6, 40), message(9, 250), message(10, 10)]
  const pages = pagesOf({ from: 2, upTo: 12, messages }, 100)
  expect(pages.map(({ from, upTo, messages: those }) => [from, upTo, those.map(({ seq }) => seq)])).toEqual([
    [2, 5, [3, 5]],
    [5, 6, [6]],
    [6, 9, [9]],
    [9, 12, [10]],
  ])
})

test('nothing is one empty page: it says that there was nothing', () => {
  expect(pagesOf({ from: 2, upTo: 7, messages: [] })).toEqual([{ from: 2, upTo: 7, messages: [] }])
})

test('only the last of what was said of an entry or a thread is said again', () => {
  const entry = (seq: number, id: string) => ({ seq, event: { type: 'entry-changed', entry: { id } } as Event })
  const thread = (seq: number, id: string) => ({ seq, event: { type: 'thread-changed', thread: { id } } as Event })
  const withdrawn = (seq: number) => ({ seq, event: { type: 'call-withdrawn' } as Event })
  const all = [entry(1, 'a'), thread(2, 't'), withdrawn(3), entry(4, 'b'), entry(5, 'a'), withdrawn(6), thread(7, 't')]
  expect(newest(all).map(({ seq }) => seq)).toEqual([3, 4, 5, 6, 7])
})
