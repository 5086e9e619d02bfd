import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextTicket } from '../../companion/channels/next-ticket.ts'
import { sendMail } from '../../companion/email/mail.ts'
import { createLog } from '../../companion/log.ts'
import { type AdminWorld, startAdminWorld } from '../kit/admin-world.ts'

let world: AdminWorld
beforeAll(async () => {
  const started = await startAdminWorld()
  if (!started) throw new Error('PGlite is always there')
  world = started
}, 120_000)
afterAll(() => world?.close())

const acts = async (act: string) => (await world.ask('listAudit')).lines.filter((line) => line.act === act)

test('seats and countries are kept, and the log tells only what changed', async () => {
  expect(await world.ask('readCompany')).toEqual({ seatLimit: null, outboundCountries: [], seatsUsed: 1 })
  await world.ask('saveCompany', {}, { seatLimit: 5, outboundCountries: ['PL', 'DE', 'PL'] })
  expect(await world.ask('readCompany')).toEqual({ seatLimit: 5, outboundCountries: ['DE', 'PL'], seatsUsed: 1 })
  await world.ask('saveCompany', {}, { seatLimit: 5, outboundCountries: ['PL', 'DE'] })
  await world.ask('saveCompany', {}, { seatLimit: 0, outboundCountries: ['PL', 'DE'] })
  const [last, first, ...more] = await acts('company-saved')
  expect(more).toEqual([])
  expect(first).toMatchObject({
    before: { seatLimit: null, outboundCountries: [] },
    after: { seatLimit: 5, outboundCountries: ['DE', 'PL'] },
  })
  expect(last?.before).toEqual({ seatLimit: 5 })
  expect(last?.after).toEqual({ seatLimit: 0 })
  // Nobody loses a seat to a lower limit.
  expect((await world.ask('readCompany')).seatsUsed).toBe(1)
  const refused = await world.refused('saveCompany', {}, { seatLimit: 5, outboundCountries: ['PL', 'QQ'] })
  expect(refused).toMatchObject({ code: 'bad_request', details: { at: 'outboundCountries.1' } })
})

test('the desk-wide ticket settings are what a channel’s tickets fall back to', async () => {
  const empty = { pipeline: null, status: null, priority: null, category: null, source: null, owner: null, properties: [] }
  expect(await world.ask('readTickets')).toEqual(empty)
  const wish = { ...empty, priority: 'high', owner: world.admin.userId, properties: [{ name: 'team', value: 'calls' }] }
  expect(await world.ask('saveTickets', {}, wish)).toEqual(wish)
  await world.ask('saveTickets', {}, wish)
  expect(await world.ask('readTickets')).toEqual(wish)
  const [saved, ...more] = await acts('tickets-saved')
  expect(more).toEqual([])
  expect(Object.keys(saved?.after ?? {}).sort()).toEqual(['owner', 'priority', 'properties'])

  const channelId = await world.store.write(async ({ db, now }) => {
    const id = randomUUID()
    const greeting = { text: 'Hello', language: 'en-US', voice: null, uploadId: null }
    const greetings = { inHours: greeting, afterHours: greeting, closed: greeting }
    await db.insertInto('channels').values({ id, name: 'Any', time_zone: 'UTC', ring_seconds: 30, greetings, created_at: now }).execute()
    return id
  })
  expect(await nextTicket(world.store.db, channelId, null)).toMatchObject({ priority: 'high', owner: world.admin.userId })
  const refused = await world.refused('saveTickets', {}, { ...wish, owner: randomUUID() })
  expect(refused).toMatchObject({ code: 'bad_request', details: { at: 'owner' } })
})

/** As much of SMTP (RFC 5321) as one mail needs. */
async function startMailServer() {
  const mails: string[] = []
  const server = createServer((socket) => {
    let inData = false
    let text = ''
    socket.write('220 test\r\n')
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      text += chunk
      for (;;) {
        const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const line = text.slice(0, end)
        text = text.slice(end + (inData ? 5 : 2))
        if (inData) mails.push(line)
        inData = !inData && line === 'DATA'
        socket.write(inData ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, mails, close: () => new Promise((resolve) => server.close(resolve)) }
}

test('a link is mailed in the person’s language where there is a mail server, and only shown where it does not answer', async () => {
  const server = await startMailServer()
  const { config } = world.app.companion
  config.mail = { url: server.url, from: 'Ringside <calls@example.com>' }
  const input = { name: 'Mail Nowak', email: 'mail@example.com', role: 'agent', seat: false, language: 'pl', teamIds: [] }
  const personId = randomUUID()
  const { invitation } = await world.ask('invitePerson', { personId }, input)
  expect(invitation.mailed).toBe(true)
  expect(server.mails).toHaveLength(1)
  const text = server.mails[0]?.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  expect(text).toContain('To: mail@example.com')
  expect(text).toContain('From: Ringside <calls@example.com>')
  expect(text).toContain(invitation.link)
  // The answer was lost, so it is asked again: no second mail.
  await world.ask('invitePerson', { personId }, input)
  expect(server.mails).toHaveLength(1)
  await server.close()
  expect((await world.ask('makeLink', { personId }, {})).mailed).toBe(false)
  config.mail = undefined
  expect(
    await sendMail({ url: server.url, from: 'a@example.com' }, { to: 'b@example.com', subject: '', text: '' }, createLog('silent')),
  ).toBe(false)
})
