import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addVoicemail, saveCallEntry } from '../../companion/threads/entries.ts'
import { notifyMissed } from '../../companion/threads/notifications.ts'
import { openThread } from '../../companion/threads/threads.ts'
import type { Provider } from '../../companion/twilio/provider.ts'
import { type Entry, type Notification, type Thread, type ThreadDetail, UNREAD_LIMIT } from '../../utils/protocol/index.ts'
import { type Client, startTestCompanion, type TestCompanion } from '../kit/companion.ts'
import { until } from '../kit/process.ts'
import { stopTestStores, storeKinds } from '../kit/store.ts'

afterAll(stopTestStores)

const sound = Buffer.from('RIFF….WAVE')
const provider = {
  listNumbers: async () => [],
  fetchRecording: async (sid: string, range?: string) => ({
    status: range ? 206 : 200,
    headers: { 'content-type': 'audio/wav', 'accept-ranges': 'bytes', ...(range && { 'content-range': `bytes 0-3/${sound.length}` }) },
    body: new Blob([range ? sound.subarray(0, 4) : Buffer.from(`${sid} ${sound}`)]).stream(),
  }),
} as unknown as Provider

describe.each(storeKinds)('threads on %s', (kind) => {
  let companion: TestCompanion
  let channel: string
  let anna: Client
  let jan: Client
  let stranger: Client

  beforeEach(async ({ skip }) => {
    const started = await startTestCompanion(kind, { provider })
    if (!started) return skip('PostgreSQL is not installed')
    companion = started
    channel = await companion.addChannel()
    anna = await companion.signIn(await companion.addUser({ name: 'Anna', channels: [channel] }))
    jan = await companion.signIn(await companion.addUser({ name: 'Jan', channels: [channel] }))
    stranger = await companion.signIn(await companion.addUser({ name: 'Eve', channels: [await companion.addChannel('Other')] }))
  })
  afterEach(() => companion?.close())

  /** A call that nobody took. */
  async function missCall({ at = new Date(), voicemail = false } = {}): Promise<{ callId: string; threadId: string; recordingId: string }> {
    const callId = randomUUID()
    const recordingId = randomUUID()
    const threadId = await companion.store.write(async (writer) => {
      const { db } = writer
      const thread = await openThread(writer, { channelId: channel, number: '+48500600700', contact: null, ownerId: null, missed: true })
      await db
        .insertInto('calls')
        .values({
          id: callId,
          provider_sid: `CA${callId}`,
          channel_id: channel,
          direction: 'inbound',
          from_number: '+48500600700',
          to_number: '+14155550100',
          state: 'ended',
          outcome: 'missed',
          missed_reason: 'ring-time-over',
          arrived_at: at,
          ended_at: at,
          checked_at: at,
          thread_id: thread,
        })
        .execute()
      await db
        .insertInto('ledger')
        .values({ call_id: callId, user_id: anna.userId, epoch: 1, verdict: 'timed-out', rang_at: at, settled_at: at })
        .execute()
      await saveCallEntry(writer, callId)
      await notifyMissed(writer, callId, 'missed-call')
      if (voicemail) {
        await db
          .insertInto('recordings')
          .values({ id: recordingId, call_id: callId, provider_sid: 'RE1', seconds: 7, created_at: at })
          .execute()
        await addVoicemail(writer, { callId, recordingId, seconds: 7 })
      }
      return thread
    })
    return { callId, threadId, recordingId }
  }

  const note = (client: Client, threadId: string, noteId: string, text: string, revision: number, callId: string | null = null) =>
    client.ask('PUT', `/api/threads/${threadId}/notes/${noteId}`, { text, revision, callId })
  const read = async (client: Client, threadId: string) => (await client.ask('GET', `/api/threads/${threadId}`)).body as ThreadDetail

  test('a missed call is a thread with its ledger, seen by the channel and by nobody else', async () => {
    const { callId, threadId } = await missCall()
    const { thread, entries } = await read(anna, threadId)
    expect(thread).toMatchObject({ missed: true, owner: null, number: '+48500600700', channel: { name: 'Support' } })
    expect(entries).toMatchObject([
      {
        type: 'call',
        callId,
        outcome: 'missed',
        missedReason: 'ring-time-over',
        seconds: null,
        ledger: [{ user: { name: 'Anna' }, verdict: 'timed-out' }],
      },
    ])
    const list = (await stranger.ask('GET', '/api/threads')).body as { threads: Thread[] }
    expect(list.threads).toEqual([])
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/owners'],
      ['PUT', '/owner', { ownerId: stranger.userId }],
      ['PUT', '/contact', { contact: { name: 'x', number: 'anonymous' } }],
      ['PUT', `/notes/${randomUUID()}`, { text: 'x', revision: 1, callId: null }],
    ] as const) {
      expect((await stranger.ask(method, `/api/threads/${threadId}${path}`, body)).status).toBe(404)
    }
    const admin = await companion.signIn(await companion.addUser({ name: 'Boss', role: 'admin' }))
    expect((await read(admin, threadId)).thread.id).toBe(threadId)
  })

  test('a team’s members see the channel’s threads too', async () => {
    const { threadId } = await missCall()
    const team = randomUUID()
    await companion.store.write(async ({ db }) => {
      await db.insertInto('teams').values({ id: team, name: 'Night' }).execute()
      await db.insertInto('team_members').values({ team_id: team, user_id: stranger.userId }).execute()
      await db.insertInto('channel_teams').values({ team_id: team, channel_id: channel }).execute()
    })
    expect((await read(stranger, threadId)).thread.id).toBe(threadId)
  })

  test('the call’s one entry is renewed, not doubled', async () => {
    const { callId, threadId } = await missCall()
    const before = (await read(anna, threadId)).entries[0]
    await companion.store.write((writer) => saveCallEntry(writer, callId))
    const { entries } = await read(anna, threadId)
    expect(entries).toHaveLength(1)
    expect(entries[0]?.id).toBe(before?.id)
    expect(entries[0]?.seq).toBeGreaterThan(before?.seq ?? 0)
  })

  test('notes: doubled and late ones change nothing, a newer one wins, only the author may edit', async () => {
    const { threadId, callId } = await missCall()
    const id = randomUUID()
    const first = (await note(anna, threadId, id, 'Wants a refund', 1, callId)).body as Entry
    expect(first).toMatchObject({ type: 'note', text: 'Wants a refund', author: { name: 'Anna' }, callId })
    const doubled = await Promise.all([1, 2, 3].map(() => note(anna, threadId, id, 'Wants a refund', 1)))
    expect(doubled.map(({ body }) => (body as Entry).seq)).toEqual([first.seq, first.seq, first.seq])
    expect((await note(anna, threadId, id, 'Wants a refund of 20 zł', 3)).body).toMatchObject({ revision: 3 })
    expect((await note(anna, threadId, id, 'late', 2)).body).toMatchObject({ text: 'Wants a refund of 20 zł', revision: 3 })
    expect((await note(jan, threadId, id, 'mine now', 4)).status).toBe(403)
    const { threadId: other } = await missCall()
    expect((await note(anna, other, id, 'elsewhere', 5)).status).toBe(404)
    expect((await note(anna, other, randomUUID(), 'of another call', 1, callId)).status).toBe(404)
    const { thread, entries } = await read(jan, threadId)
    expect(thread.preview).toBe('Wants a refund of 20 zł')
    expect(entries.filter(({ type }) => type === 'note')).toHaveLength(1)
  })

  test('a note with characters that no database takes is saved without them', async () => {
    const { threadId } = await missCall()
    const pasted = await companion.ask('PUT', `/api/threads/${threadId}/notes/${randomUUID()}`, {
      body: '{"text":"a\\u0000b \\ud83d and \\ud83d\\ude00","revision":1,"callId":null}',
      headers: { authorization: `Bearer ${anna.token}` },
    })
    expect(pasted.body).toMatchObject({ text: 'ab \ufffd and 😀' })
  })

  test('two browsers that send different revisions at once leave the higher one', async () => {
    const { threadId } = await missCall()
    const id = randomUUID()
    await Promise.all([5, 2, 9, 7, 1].map((revision) => note(anna, threadId, id, `revision ${revision}`, revision)))
    expect((await read(anna, threadId)).entries.find((entry) => entry.id === id)).toMatchObject({ text: 'revision 9', revision: 9 })
  })

  test('everybody of the channel is notified once; a message changes that; an owner clears it for all', async () => {
    const [annas, jans] = [await anna.openFeed(), await jan.openFeed()]
    const { threadId, callId } = await missCall({ voicemail: true })
    await Promise.all([annas.event('notification-added'), jans.event('notification-added')])
    await companion.store.write((writer) => notifyMissed(writer, callId, 'missed-call'))
    await companion.store.write((writer) => notifyMissed(writer, callId, 'voicemail'))
    await companion.store.write((writer) => notifyMissed(writer, callId, 'voicemail'))
    const added = () => annas.events().filter(({ event }) => event.type === 'notification-added')
    await until(() => added().length === 2)
    const notifications = added().map(({ event }) => (event as unknown as { notification: Notification }).notification)
    expect(notifications.map(({ kind }) => kind)).toEqual(['missed-call', 'voicemail'])
    expect(new Set(notifications.map(({ id }) => id)).size).toBe(1)
    expect((await jan.openFeed()).welcome.notifications).toMatchObject([{ kind: 'voicemail', thread: { id: threadId } }])

    const { owners } = (await anna.ask('GET', `/api/threads/${threadId}/owners`)).body as { owners: { name: string }[] }
    expect(owners.map(({ name }) => name)).toEqual(['Anna', 'Jan'])
    expect((await anna.ask('PUT', `/api/threads/${threadId}/owner`, { ownerId: stranger.userId })).status).toBe(403)
    const owned = (await anna.ask('PUT', `/api/threads/${threadId}/owner`, { ownerId: jan.userId })).body as Thread
    expect(owned).toMatchObject({ missed: false, owner: { name: 'Jan' } })
    await Promise.all([annas.event('notification-cleared'), jans.event('notification-cleared')])
    expect((await jan.openFeed()).welcome.notifications).toEqual([])
    await anna.ask('PUT', `/api/threads/${threadId}/owner`, { ownerId: jan.userId })
    const system = (await read(anna, threadId)).entries.filter(({ type }) => type === 'system')
    expect(system).toMatchObject([{ event: 'owner-changed', details: { to: 'Jan' }, author: { name: 'Anna' } }])
    expect((await stranger.openFeed()).frames.filter((frame) => frame.type === 'events')).toEqual([])
  })

  test('a notification is cleared by its user only, as often as they like', async () => {
    await missCall()
    const [mine] = (await anna.openFeed()).welcome.notifications
    const clear = (client: Client) => client.ask('DELETE', `/api/notifications/${mine?.id}`)
    expect((await clear(jan)).status).toBe(404)
    expect((await clear(anna)).status).toBe(200)
    expect((await clear(anna)).status).toBe(200)
    expect((await anna.openFeed()).welcome.notifications).toEqual([])
    expect((await jan.openFeed()).welcome.notifications).toHaveLength(1)
  })

  test('a browser is told of the newest that are unread, and not of more than 500; an older one comes when one of these is cleared', async () => {
    const oldest = await missCall()
    for (let n = 0; n < UNREAD_LIMIT; n++) await missCall()
    const { notifications } = (await anna.openFeed()).welcome
    expect(notifications).toHaveLength(UNREAD_LIMIT)
    const threads = (list: Notification[]) => list.map(({ thread }) => thread.id)
    expect(threads(notifications)).not.toContain(oldest.threadId)
    await anna.ask('DELETE', `/api/notifications/${notifications[0]?.id}`)
    expect(threads((await anna.openFeed()).welcome.notifications)).toContain(oldest.threadId)
  })

  test('a contact is kept with the number that called', async () => {
    const { threadId } = await missCall()
    const contact = { name: 'Maria Kowalska', company: 'Meadow', number: '+15550000000', url: 'https://crm.example/contacts/7' }
    const thread = (await anna.ask('PUT', `/api/threads/${threadId}/contact`, { contact })).body as Thread
    expect(thread.contact).toEqual({ ...contact, number: '+48500600700' })
    const again = (await anna.ask('PUT', `/api/threads/${threadId}/contact`, { contact })).body as Thread
    expect(again.seq).toBe(thread.seq)
    expect(
      (await anna.ask('PUT', `/api/threads/${threadId}/contact`, { contact: { ...contact, url: 'javascript:alert(1)' } })).status,
    ).toBe(400)
  })

  test('the list is newest first, in pages that lose nothing', async () => {
    const ids = []
    for (let index = 0; index < 7; index += 1) ids.push((await missCall()).threadId)
    // Three in the same millisecond, over the edge of a page.
    const at = new Date()
    await companion.store.db.updateTable('threads').set({ updated_at: at }).where('id', 'in', ids.slice(2, 5)).execute()
    const seen: string[] = []
    let before = ''
    for (let more = true; more; ) {
      const page = (await anna.ask('GET', `/api/threads?limit=2${before}`)).body as { threads: Thread[]; more: boolean }
      seen.push(...page.threads.map(({ id }) => id))
      before = `&before=${page.threads.at(-1)?.updatedAt}`
      more = page.more
    }
    expect(seen).toHaveLength(7)
    expect(new Set(seen)).toEqual(new Set(ids))
  })

  test('a voicemail plays for the channel, in parts too, and for nobody else', async () => {
    const { threadId, recordingId } = await missCall({ voicemail: true })
    expect((await read(anna, threadId)).entries.at(-1)).toMatchObject({ type: 'voicemail', recordingId, seconds: 7 })
    const path = `/api/recordings/${recordingId}/audio`
    const authorization = `Bearer ${anna.token}`
    const whole = await companion.ask('GET', path, { headers: { authorization } })
    expect([whole.status, whole.headers.get('content-type'), whole.body]).toEqual([200, 'audio/wav', `RE1 ${sound}`])
    const part = await companion.ask('GET', path, { headers: { authorization, range: 'bytes=0-3' } })
    expect([part.status, part.headers.get('content-range'), part.body]).toEqual([206, `bytes 0-3/${sound.length}`, 'RIFF'])
    expect((await stranger.ask('GET', path)).status).toBe(404)
    expect((await companion.ask('GET', path)).status).toBe(401)
    expect((await anna.ask('GET', `/api/recordings/${randomUUID()}/audio`)).status).toBe(404)
  })
})
