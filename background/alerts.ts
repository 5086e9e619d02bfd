/**
 * What reaches the agent outside any page of ours: system notifications with Answer and Decline, the badge on the toolbar, its title.
 * `alertsFor` says what shall be seen in a state; the rest makes it so and takes away what is over.
 */
import type { Snapshot } from '../utils/messages.ts'
import type { Contact } from '../utils/protocol/index.ts'
import { unreadCount } from '../utils/unread.ts'

export interface SystemNotification {
  id: string
  title: string
  message: string
  /** Stays until it is answered or withdrawn; with Answer and Decline where the system has buttons. */
  call: boolean
  /** Of a missed call: when, milliseconds. */
  at: number
}

export interface Alerts {
  badge: { text: string; colour: string }
  title: string
  notifications: SystemNotification[]
}

export type Words = (key: string, ...values: string[]) => string

/** Pure. Notifications are of what rings now, and of missed calls that nobody took up. */
export function alertsFor({ offers, call, me, line, notifications }: Snapshot, words: Words): Alerts {
  const inCall = call !== null && call.phase !== 'ended' && call.phase !== 'elsewhere'
  const who = (contact: Contact | null, number: string) => contact?.name ?? (number === 'anonymous' ? words('anonymous') : number)
  const rings = offers.map(({ call: { id, from, channel }, contact }) => ({
    id: `call ${id}`,
    title: words('notify_call_title', who(contact, from)),
    message: words('notify_call_body', contact?.company ?? (from === 'anonymous' ? words('anonymous') : from), channel.name),
    call: true,
    at: 0,
  }))
  const missed = notifications.map(({ id, kind, thread, at }) => ({
    id: `missed ${id}`,
    title: words(kind === 'voicemail' ? 'notify_voicemail_title' : 'notify_missed_title', who(thread.contact, thread.number)),
    message: words(kind === 'voicemail' ? 'notify_voicemail_body' : 'notify_missed_body', thread.channel.name),
    call: false,
    at: Date.parse(at),
  }))
  const state =
    offers.length > 0
      ? 'ringing'
      : inCall
        ? 'busy'
        : line.state !== 'open' || !me
          ? 'offline'
          : me.status === 'wrapping-up'
            ? 'busy'
            : me.status
  return { badge: badgeFor(state, line.state, notifications.length), title: words(`tab_${state}`), notifications: [...rings, ...missed] }
}

function badgeFor(state: string, line: Snapshot['line']['state'], missed: number): Alerts['badge'] {
  if (state === 'ringing') return { text: '☎', colour: '#15803d' }
  if (state === 'blocked' || line === 'refused') return { text: '!', colour: '#b91c1c' }
  if (missed > 0) return { text: unreadCount(missed), colour: '#b45309' }
  return { text: '', colour: '#475569' }
}

/** The browser's part. */
export interface AlertParts {
  words: Words
  setBadge(badge: Alerts['badge']): void
  setTitle(title: string): void
  create(notification: SystemNotification): void
  /** Other words in one that was created: the caller's name is found a moment after the ring began. One that was closed stays closed. */
  update(notification: SystemNotification): void
  clear(id: string): void
  /** Ids that were shown, also before the worker stopped: what a person closed does not come back. */
  shown(): Promise<string[]>
  keepShown(ids: string[]): void
}

export interface AlertKeeper {
  show(snapshot: Snapshot): void
}

/** After a night or a holiday not more system notifications than this come at once, the newest; the badge and the popup have the others. */
const MISSED_AT_ONCE = 5
/** A missed call that is older, by so many milliseconds, than one that was shown is no news: it came into the list as newer ones were read. */
const NO_NEWS = 60_000

export function createAlerts(parts: AlertParts): AlertKeeper {
  let shown: Set<string> | null = null
  const said = new Map<string, string>()
  let wanted: Alerts | null = null
  let told = ''
  let badge = ''

  function settle(): void {
    if (!wanted || !shown) return
    const ids = new Set(wanted.notifications.map(({ id }) => id))
    let changed = false
    for (const id of shown) {
      if (ids.has(id)) continue
      parts.clear(id)
      shown.delete(id)
      said.delete(id)
      changed = true
    }
    let missed = 0
    const newest = Math.max(0, ...wanted.notifications.filter(({ id }) => shown?.has(id)).map(({ at }) => at))
    const isNews = ({ call, at }: SystemNotification) => call || (at > newest - NO_NEWS && ++missed <= MISSED_AT_ONCE)
    for (const notification of wanted.notifications) {
      const text = JSON.stringify(notification)
      const before = said.get(notification.id)
      said.set(notification.id, text)
      if (!shown.has(notification.id)) {
        shown.add(notification.id)
        if (isNews(notification)) parts.create(notification)
        changed = true
      } else if (before !== undefined && before !== text) parts.update(notification)
    }
    if (changed) parts.keepShown([...shown])
  }

  void parts
    .shown()
    .catch(() => [])
    .then((ids) => {
      shown = new Set(ids)
      settle()
    })

  return {
    show(snapshot) {
      const next = alertsFor(snapshot, parts.words)
      const text = JSON.stringify(next)
      if (text === told) return
      told = text
      wanted = next
      const look = JSON.stringify([next.badge, next.title])
      if (look !== badge) {
        badge = look
        parts.setBadge(next.badge)
        parts.setTitle(next.title)
      }
      settle()
    },
  }
}
