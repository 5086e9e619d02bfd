/**
 * Messages between our own contexts: desk (background) ⇄ views (pilot, popup, desk page), desk ⇄ voice page, desk ⇄ door (in the CRM page).
 * All go over `runtime.connect` ports whose name says who connects. Views get one whole snapshot and send few commands; none keeps truth.
 * The door is in a page that may be hostile, so what it sends is parsed and what it gets holds no caller data.
 */
import { z } from 'zod'
import { adminRoutes } from './protocol/admin-routes.ts'
import { ErrorCode } from './protocol/errors.ts'
import { type Call, Contact, Id, type Instant, type Me, type Notification, type ThreadDetail, type UserRef } from './protocol/index.ts'

/** Port names. `view` ports: pilot, popup, desk. */
export type PortName = 'view:pilot' | 'view:popup' | 'view:desk' | 'voice' | 'door' | 'frame'

/** An error as views show it: `error_<code>` and `remedy_<code>` of _locales, with these details. */
export const Failure = z.object({ code: ErrorCode, details: z.record(z.string(), z.string()).optional() })
export type Failure = z.infer<typeof Failure>

// ---------------------------------------------------------------------------------------------------------------- desk → views

/** All that a view shows. Plain JSON. Instants are ISO strings; views tick their own timers from them. */
export interface Snapshot {
  /** The connection to the companion. `refused` needs the person (signed out elsewhere, versions differ); `lost` is retried by itself. */
  line: {
    state: 'signed-out' | 'connecting' | 'open' | 'lost' | 'refused'
    address: string | null
    failure: Failure | null
    /** When the next try comes, while `lost`. */
    retryAt: Instant | null
  }
  me: Me | null
  microphone: 'unknown' | 'granted' | 'refused' | 'missing'
  voice: { state: 'stopped' | 'starting' | 'ready' | 'failed'; failure: Failure | null }
  /** What rings here now, oldest first. */
  offers: { call: Call; contact: Contact | null }[]
  /** The call that this user holds, until its panel is dismissed or the next call comes. */
  call: CurrentCall | null
  /** A short word that goes away by itself: who took the call, what failed. */
  notice: Notice | null
  /** The notes panel in the CRM page. */
  panel: Panel | null
  /** Unread missed calls and voicemails, newest first. */
  notifications: Notification[]
  /** Chosen devices; null is the system's default. */
  devices: { microphoneId: string | null; speakerId: string | null; ringerId: string | null }
  /** How many items wait in the outbox because the companion cannot be reached. */
  unsent: number
  /** A greeting or a test call that an admin listens to. Stays as `ended` or `failed` until the next, or `stop-listening`. */
  listening: { state: 'connecting' | 'open' | 'ended' | 'failed'; failure: Failure | null } | null
}

export type AdminRouteName = keyof typeof adminRoutes

export interface CurrentCall {
  call: Call
  contact: Contact | null
  /**
   * `claiming`: asked the companion. `connecting`: ours, audio on its way. `live`: audio was measured both ways.
   * `elsewhere`: this user took it in another browser. `ending`: hang-up said, or the sound ended and the companion is about to say why. `ended`.
   */
  phase: 'claiming' | 'connecting' | 'live' | 'elsewhere' | 'ending' | 'ended'
  muted: boolean
  /** Hang up was pressed in this browser. */
  hungUp: boolean
  /** The timer counts from here. */
  liveSince: Instant | null
  failure: Failure | null
}

export type Notice =
  | { id: string; kind: 'taken'; by: UserRef; at: Instant }
  | { id: string; kind: 'caller-left' | 'timed-out' | 'declined'; at: Instant }
  | { id: string; kind: 'failure'; failure: Failure; at: Instant }

export interface Panel {
  threadId: string
  /** Null while it is being read. */
  thread: ThreadDetail | null
  /** The note that is being written: of this call, by this user. */
  note: { noteId: string; text: string; state: 'empty' | 'saving' | 'saved' | 'waiting' }
  failure: Failure | null
}

// ---------------------------------------------------------------------------------------------------------------- views → desk

/** What a person can ask for. Each is answered by `done` with a result, or `failed`. */
export const Command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sign-in'), link: z.string().max(2000) }),
  z.object({ type: z.literal('sign-out') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('set-wanted'), wanted: z.boolean() }),
  /** A finger is down on Answer: the microphone may be opened, for a second, while it is. */
  z.object({ type: z.literal('open-microphone'), callId: Id }),
  z.object({ type: z.literal('answer'), callId: Id }),
  z.object({ type: z.literal('decline'), callId: Id }),
  z.object({ type: z.literal('hang-up') }),
  z.object({ type: z.literal('mute'), muted: z.boolean() }),
  /** Puts the ended call and its panel away. */
  z.object({ type: z.literal('dismiss') }),
  /** Opens the notes panel in the CRM page, on this thread or on the current call's. */
  z.object({ type: z.literal('open-panel'), threadId: Id.nullable() }),
  z.object({ type: z.literal('close-panel') }),
  z.object({ type: z.literal('write-note'), threadId: Id, noteId: Id, text: z.string() }),
  /** Result: ThreadDetail. Also keeps the cache fresh. */
  z.object({ type: z.literal('read-thread'), threadId: Id }),
  /** Result: {owners: UserRef[]}. */
  z.object({ type: z.literal('list-owners'), threadId: Id }),
  z.object({ type: z.literal('set-owner'), threadId: Id, ownerId: Id.nullable() }),
  /** Result: {base64, mime}: a voicemail's sound. */
  z.object({ type: z.literal('read-recording'), recordingId: Id }),
  z.object({ type: z.literal('clear-notification'), notificationId: Id }),
  z.object({ type: z.literal('microphone-checked'), microphone: z.enum(['granted', 'refused', 'missing']) }),
  z.object({
    type: z.literal('choose-devices'),
    microphoneId: z.string().nullable(),
    speakerId: z.string().nullable(),
    ringerId: z.string().nullable(),
  }),
  /** Allowed sites; the permission itself is asked for by the view (it needs the click). Result of list: {sites, hidden}: origins, and on which of them the edge tab is hidden. */
  z.object({ type: z.literal('list-sites') }),
  z.object({ type: z.literal('site-allowed'), origin: z.string() }),
  z.object({ type: z.literal('site-removed'), origin: z.string() }),
  /** The edge tab is shown again on this site. */
  z.object({ type: z.literal('show-tab'), origin: z.string() }),
  /** A route that only admins may call; the result is its reply. The desk page's settings are the only ones to ask. */
  z.object({
    type: z.literal('ask'),
    route: z.enum(Object.keys(adminRoutes) as [AdminRouteName, ...AdminRouteName[]]),
    params: z.record(z.string(), z.string()),
    query: z.record(z.string(), z.string()).optional(),
    body: z.unknown(),
  }),
  /** Hear a greeting or make a test call: the voice page connects with this ticket, and says how it goes in `snapshot.listening`. */
  z.object({ type: z.literal('listen'), ticket: z.string().max(200) }),
  z.object({ type: z.literal('stop-listening') }),
  /** Result: {report: string}, without names, numbers or notes (DESIGN 7.6). */
  z.object({ type: z.literal('copy-report') }),
])
export type Command = z.infer<typeof Command>

/** View → desk. `surface` is checked against the port's name and sender. */
export const FromView = z.object({ id: z.string(), command: Command })
export type FromView = z.infer<typeof FromView>

/** Desk → view. */
export type ToView =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'done'; id: string; result: unknown }
  | { type: 'failed'; id: string; failure: Failure }

// ---------------------------------------------------------------------------------------------------------------- desk ⇄ voice page

/** Desk → voice page. */
export type ToVoice =
  /** Makes or renews the Device. `edge` is host:port of the switchboard, or null for Twilio. */
  | { type: 'prepare'; token: string; edge: string | null; devices: Snapshot['devices'] }
  /** A finger is down on Answer. Closed again unless `connect` follows within a second. */
  | { type: 'open-microphone' }
  /** Answer was pressed. */
  | { type: 'connect'; callId: string; epoch: number; browserId: string }
  | { type: 'mute'; muted: boolean }
  | { type: 'hang-up' }
  /** Connects with a preview's or test call's ticket. Never during a call. */
  | { type: 'listen'; ticket: string }
  | { type: 'stop-listening' }
  | { type: 'ring'; on: boolean }
  | { type: 'choose-devices'; devices: Snapshot['devices'] }
  /** Say again all that you hold: the desk came back from the dead. */
  | { type: 'report' }
  | { type: 'close' }

/** Voice page → desk. Every message is the whole truth about the voice page, so a lost one is mended by the next. */
export interface FromVoice {
  type: 'state'
  device: { state: 'none' | 'starting' | 'ready' | 'failed'; failure: Failure | null }
  /** The token runs out within a minute: send `prepare` with a new one. */
  wantsToken: boolean
  microphone: 'unknown' | 'granted' | 'refused' | 'missing'
  ringing: boolean
  listening: Snapshot['listening']
  call: {
    callId: string
    epoch: number
    /** `media`: RTP counters grew in both directions since the call opened. */
    state: 'connecting' | 'open' | 'media' | 'reconnecting' | 'closed'
    muted: boolean
    failure: Failure | null
  } | null
}

// ---------------------------------------------------------------------------------------------------------------- desk ⇄ door

/** Desk → door. No caller data (OV4, OV6). */
export type ToDoor =
  | {
      type: 'show'
      /** Colour of the edge tab. */
      tab: 'offline' | 'away' | 'ready' | 'busy' | 'blocked' | 'ringing' | 'hidden'
      /**
       * Whether the iframe is to be there, and how large. `nonce` goes into its address; the desk knows it too. `height` in px is what the pilot
       * asked for. `ready`: the iframe with this nonce has spoken to the desk.
       */
      frame: { size: 'pilot' | 'panel'; nonce: string; height: number | null; ready: boolean } | null
      /** Words for the tab, from _locales, already chosen by the desk (the door carries no strings): its label and its tooltip. */
      label: string
      /** The words of the tab's own small button that hides it on this site. */
      hideLabel: string
      /** Where they were left: the tab's height on the edge, the pilot's place, as fractions (0 to 1) of the free room. Null: nobody moved it. */
      places: { tab: number | null; pilot: { x: number; y: number } | null }
    }
  /** This site is no longer allowed: take yourself down. */
  | { type: 'close' }
  /** Come to the top again: something of the page was opened over the pilot. */
  | { type: 'raise' }
  /** The person drags the pilot, by so many px of the screen; `done` when it is let go. */
  | { type: 'move'; dx: number; dy: number; done: boolean }
  /** Something rings: read your page now, whether somebody is there or not, and say `seen` if that is news. No number: a page’s process may be broken into. */
  | { type: 'read' }
  /** Does your CRM know this number? Answer with `found`. Only to doors whose adapter can look up. */
  | { type: 'find'; id: string; number: string }

/** Door → desk. */
export const FromDoor = z.discriminatedUnion('type', [
  /** First word on a port, and again after the page threw our iframe out: which nonce is in the page now, and whether this CRM can look numbers up. */
  z.object({ type: z.literal('mounted'), nonce: z.string().max(100).nullable(), finds: z.boolean() }),
  /** The record that is open in the page, and others with a number that it lists, at most 200: once a person is there, or after `read`. */
  z.object({ type: z.literal('seen'), contacts: z.array(Contact).max(200), open: Contact.nullable() }),
  z.object({ type: z.literal('found'), id: z.string(), contact: Contact.nullable() }),
  /** The edge tab was pressed (a trusted click). */
  z.object({ type: z.literal('tab-pressed') }),
  z.object({ type: z.literal('tab-moved'), y: z.number().min(0).max(1) }),
  z.object({ type: z.literal('pilot-moved'), x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
  z.object({ type: z.literal('hide-tab') }),
  /** The iframe did not come up: fall back to popup, notification, window. */
  z.object({ type: z.literal('frame-failed'), tries: z.int() }),
])
export type FromDoor = z.infer<typeof FromDoor>

// ---------------------------------------------------------------------------------------------------------------- iframe → desk

/** The iframe cannot speak to the page that it is in; what concerns its box goes over the desk to the door (utils/frame.ts). */
export const FromFrame = z.discriminatedUnion('type', [
  /** The height that the pilot's content needs, px. */
  z.object({ type: z.literal('fit'), height: z.number().min(40).max(2000) }),
  z.object({ type: z.literal('raise') }),
  z.object({ type: z.literal('move'), dx: z.number().min(-5000).max(5000), dy: z.number().min(-5000).max(5000), done: z.boolean() }),
])
export type FromFrame = z.infer<typeof FromFrame>
