/** This browser's IndexedDB: tables and versions. The desk writes it (background/cache.ts), the popup and the desk page only read it (utils/cache.ts). */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Contact, Entry, Thread } from './protocol/index.ts'

/** A note, from its first character. It waits to be sent, as its author's, while `revision` is above `sentRevision`. */
export interface StoredNote {
  noteId: string
  /** The user who wrote it: a shared browser may keep notes of several people. */
  author: string
  threadId: string
  callId: string | null
  text: string
  revision: number
  sentRevision: number
}

export interface CacheSchema extends DBSchema {
  threads: { key: string; value: Thread; indexes: { updatedAt: string } }
  entries: { key: string; value: Entry; indexes: { threadId: string } }
  /** By site (an origin) and number; `since` and `seenAt` in milliseconds. */
  contacts: {
    key: [site: string, number: string]
    value: Contact & { site: string; since: number; seenAt: number }
    indexes: { number: string; seen: [string, number] }
  }
  notes: { key: string; value: StoredNote; indexes: { threadId: string } }
  /** `upTo`: the feed's sequence number that the cache stands at. `user`: whose cache it is. */
  meta: { key: 'upTo' | 'user'; value: number | string }
  /** The session's key pair; the private half cannot be exported (docs/decisions/0002). */
  session: { key: 'current'; value: { address: string; sessionId: string; userId?: string; keys: CryptoKeyPair } }
}

export type CacheDatabase = IDBPDatabase<CacheSchema>

const NAME = 'ringside'
const VERSION = 3

/** Opens it. A newer extension that wants to change the tables is let through: this connection closes and the next read opens again. */
export const openCache = (onClosed: () => void): Promise<CacheDatabase> =>
  openDB<CacheSchema>(NAME, VERSION, {
    async upgrade(database, before, _after, transaction) {
      if (before < 1) makeTables(database)
      // 2: contacts by site. What pages said before is read again from them.
      if (before === 1) database.deleteObjectStore('contacts')
      if (before < 2) makeContacts(database)
      // 3: a note has an author. Until then all notes were of the one whose cache it is.
      if (before === 1 || before === 2) {
        const author = String((await transaction.objectStore('meta').get('user')) ?? '')
        const notes = transaction.objectStore('notes')
        for (const note of await notes.getAll()) await notes.put({ ...note, author })
      }
    },
    blocking(_current, _blocked, event) {
      ;(event.target as IDBDatabase).close()
      onClosed()
    },
    terminated: onClosed,
  })

function makeTables(database: CacheDatabase): void {
  database.createObjectStore('threads', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt')
  database.createObjectStore('entries', { keyPath: 'id' }).createIndex('threadId', 'threadId')
  database.createObjectStore('notes', { keyPath: 'noteId' }).createIndex('threadId', 'threadId')
  database.createObjectStore('meta')
  database.createObjectStore('session')
}

function makeContacts(database: CacheDatabase): void {
  const contacts = database.createObjectStore('contacts', { keyPath: ['site', 'number'] })
  contacts.createIndex('number', 'number')
  contacts.createIndex('seen', ['site', 'seenAt'])
}

let opened: Promise<CacheDatabase> | null = null

/** The one connection of this context. */
export function cacheDatabase(): Promise<CacheDatabase> {
  opened ??= openCache(() => {
    opened = null
  }).catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

/** Says which threads changed in the cache, to every context that shows some. Null: everything. */
export interface CacheChange {
  threadIds: string[] | null
}

export const CACHE_CHANNEL = 'ringside-cache'
