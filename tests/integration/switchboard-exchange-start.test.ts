import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import twilio from 'twilio'
import { afterEach, expect, test } from 'vitest'
import { createPacer } from '../../switchboard/calls/pacer.ts'
import { createClock } from '../../switchboard/clock/clock.ts'
import { type Switchboard, startSwitchboard } from '../../switchboard/main.ts'
import { redirectedTo } from './switchboard-exchange-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'switchboard-'))
const open: Switchboard[] = []
const start = async (port = 0) => {
  const switchboard = await startSwitchboard({ dataFolder: folder, port, print: () => {} })
  open.push(switchboard)
  return switchboard
}
afterEach(async () => {
  for (const switchboard of open.splice(0)) await switchboard.close()
  rmSync(folder, { recursive: true, force: true })
})

const clientOf = ({ accountSid, authToken, restUrl }: Switchboard) => twilio(accountSid, authToken, { httpClient: redirectedTo(restUrl) })

test('account and numbers are there again at the next start; the API key signs in too', async () => {
  const first = await start()
  const [offer] = await clientOf(first).availablePhoneNumbers('PL').local.list({ limit: 1 })
  await clientOf(first).incomingPhoneNumbers.create({ phoneNumber: offer?.phoneNumber ?? '' })
  await first.close()
  open.pop()
  const second = await start()
  expect(second.accountSid).toBe(first.accountSid)
  const withKey = twilio(second.apiKey, second.apiSecret, { accountSid: second.accountSid, httpClient: redirectedTo(second.restUrl) })
  expect((await withKey.incomingPhoneNumbers.list()).map(({ phoneNumber }) => phoneNumber)).toEqual([offer?.phoneNumber])
  const about = await (await fetch(`${second.restUrl}/control/about`)).json()
  expect(about).toMatchObject({ accountSid: second.accountSid, spki: second.spki })
  expect((await fetch(second.boothUrl)).status).toBe(200)
})

test('a port in use and data that cannot be read are refused in words', async () => {
  const first = await start()
  await expect(start(Number(new URL(first.restUrl).port))).rejects.toThrow('is in use. Is a switchboard running already?')
  await first.close()
  open.pop()
  writeFileSync(join(folder, 'switchboard.json'), '{')
  await expect(start()).rejects.toThrow('is no JSON')
})

test('the pacer lets out so many calls a second', async () => {
  const clock = createClock({ manual: true })
  const pacer = createPacer(clock, 2)
  expect([pacer.take(), pacer.take(), pacer.take()]).toEqual([0, 500, 1000])
  await clock.advance(5000)
  expect(pacer.take()).toBe(0)
  expect(createPacer(clock, undefined).take()).toBe(0)
})
