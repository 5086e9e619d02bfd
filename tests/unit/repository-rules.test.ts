import { expect, test } from 'vitest'
import { checkImports } from '../../scripts/lint/imports.ts'
import { readSource } from '../../scripts/lint/sources.ts'
import { checkWords } from '../../scripts/lint/words.ts'

const check = (...files: [path: string, text: string][]) => {
  const sources = files.map(([path, text]) => readSource(path, text))
  return [...checkImports(sources), ...checkWords(sources)].map(({ path, line, message }) => `${path}:${line} ${message}`)
}

test.each<[path: string, text: string]>([
  // Who may import whom.
  ['utils/protocol/calls.ts', `import { DateTime } from 'luxon'`],
  ['utils/protocol/calls.ts', `import { ask } from '../messages.ts'`],
  ['utils/time.ts', `import { start } from '../background/start.ts'`],
  ['utils/time.ts', `import { readFile } from 'node:fs'`],
  ['components/timer.tsx', `import { desk } from '../background/desk.ts'`],
  ['components/timer.tsx', `import { browser } from 'wxt/browser'`],
  ['background/desk.ts', `import { Timer } from '../components/timer.tsx'`],
  ['background/desk.ts', `import type { Call } from '../companion/calls/call.ts'`],
  ['entrypoints/pilot/main.tsx', `import { row } from '../popup/row.tsx'`],
  ['entrypoints/pilot/main.tsx', `import { desk } from '../../background/desk.ts'`],
  ['entrypoints/background.ts', `import { desk } from '../background/desk.ts'`],
  ['companion/routing/route.ts', `import { store } from '../store/store.ts'`],
  ['companion/routing/route.ts', `import { readFile } from 'node:fs/promises'`],
  ['companion/calls/claim.ts', `export { ring } from '../../background/ring.ts'`],
  ['companion/calls/claim.ts', `const { startSwitchboard } = await import('../../switchboard/main.ts')`],
  ['companion/calls/claim.ts', `import { messages } from '@/utils/messages.ts'`],
  ['switchboard/rest/calls.ts', `import { call } from '../../utils/protocol/calls.ts'`],
  ['switchboard/booth/page/dial.js', `import 'preact'`],
  ['tests/demo-crm/app/main.js', `import { contacts } from '../seed.js'`],
  // What few files know.
  ['entrypoints/pilot/main.tsx', `import { Device } from '@twilio/voice-sdk'`],
  ['background/desk.ts', `import type { Call } from '@twilio/voice-sdk'`],
  ['companion/calls/claim.ts', `import twilio from 'twilio'`],
  ['companion/calls/claim.ts', `import { PGlite } from '@electric-sql/pglite'`],
  ['companion/threads/list.ts', `import pg from 'pg'`],
  ['switchboard/store.ts', `import { Kysely } from 'kysely'`],
  ['background/desk.ts', `import browser from 'webextension-polyfill'`],
  ['companion/voice.ts', `import { RTCPeerConnection } from 'werift'`],
  // Which words may not be written.
  ['components/note.tsx', `const a = <p dangerouslySetInnerHTML={{ __html: note }} />`],
  ['entrypoints/overlay.content/door.ts', `host.innerHTML = name`],
  ['entrypoints/overlay.content/door.ts', `host.insertAdjacentHTML('beforeend', name)`],
  ['entrypoints/pilot/main.tsx', `parent.postMessage('ready', '*')`],
  ['entrypoints/pilot/main.tsx', `window.parent?.postMessage('ready', '*')`],
  ['wxt.config.ts', `export const hosts = ['<all_urls>']`],
  ['background/sites.ts', `const f = new Function('return 1')`],
])('%s may not say: %s', (path, text) => {
  const problems = check([path, `// a comment\n${text}\n`])
  expect(problems).not.toEqual([])
  for (const problem of problems) expect(problem).toContain(`${path}:2 `)
})

test.each<[path: string, text: string]>([
  ['utils/protocol/calls.ts', `import { z } from 'zod'; import { id } from './id.ts'`],
  [
    'components/timer.tsx',
    `import { signal } from '@preact/signals'; import { time } from '../utils/time.ts'; import { X } from './x.tsx'`,
  ],
  ['entrypoints/background.ts', `import { start } from '../background/start.ts'`],
  [
    'entrypoints/pilot/main.tsx',
    `import { Timer } from '../../components/timer.tsx'; import { view } from './view.tsx'; import './style.css'`,
  ],
  ['companion/routing/route.ts', `import { DateTime } from 'luxon'; import type { Call } from '../../utils/protocol/calls.ts'`],
  ['companion/twilio/rest.ts', `import twilio from 'twilio'`],
  ['entrypoints/voice/phone.ts', `import { Device } from '@twilio/voice-sdk'`],
  ['tests/e2e/answer.test.ts', `import { startSwitchboard } from '../../switchboard/main.ts'; import twilio from 'twilio'`],
  ['components/note.tsx', `// never innerHTML\nconst port = worker.postMessage('x') /* <all_urls> */`],
])('%s may say: %s', (path, text) => {
  expect(check([path, text])).toEqual([])
})

test('a second file that imports the Voice SDK is one too many, though in the right folder', () => {
  const text = `import { Device } from '@twilio/voice-sdk'`
  expect(check(['entrypoints/voice/phone.ts', text], ['entrypoints/voice/ringer.ts', text])).toEqual([
    'entrypoints/voice/ringer.ts:1 entrypoints/voice/phone.ts, entrypoints/voice/ringer.ts all import @twilio/voice-sdk: one file knows the Voice SDK',
  ])
})
