/** The companion's own process, started for the first time and again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../utils/protocol/index.ts'
import { environment } from '../kit/companion.ts'
import { freePort, type Part, startPart, tryJson } from '../kit/process.ts'

let folder: string
let part: Part | undefined
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ringside-first-'))
})
afterEach(async () => {
  await part?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<{ part: Part; url: string }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...environment, PORT: String(port), PUBLIC_URL: url, DATA: folder }
  part = await startPart(['companion/main.ts'], env, async () => (await tryJson(`${url}/health`)) !== undefined)
  return { part, url }
}

const linksIn = (text: string) => text.match(/\S+\/sign-in#\S+/g) ?? []

test('the first admin’s link is printed at the first start, works, and is never printed again', async () => {
  const first = await start()
  await expect.poll(() => first.part.output()).toContain('companion listens at')
  const [link, ...others] = linksIn(first.part.output())
  expect(others).toEqual([])
  expect(link?.startsWith(`${first.url}/sign-in#`)).toBe(true)
  const reply = await fetch(`${first.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    body: JSON.stringify({ link: link?.split('#')[1], browser: 'Test', key: { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' } }),
  })
  expect([reply.status, await reply.json()]).toMatchObject([200, { user: { name: 'Admin', role: 'admin', seat: true } }])
  await first.part.stop()

  const second = await start()
  await expect.poll(() => second.part.output()).toContain('companion listens at')
  expect(linksIn(second.part.output())).toEqual([])
  expect(second.part.output()).not.toContain('Welcome')
}, 120_000)
