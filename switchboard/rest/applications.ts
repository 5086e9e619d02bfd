import { makeSid } from '../calls/sid.ts'
import type { Room } from '../room.ts'
import type { Application } from '../store/records.ts'
import { notFound } from './errors.ts'
import { listPage, readFilters } from './paging.ts'
import { readParameters } from './parameters.ts'
import { accountUri, created, gone, ok, type RestRoute } from './route.ts'
import { stamps } from './show.ts'

const SETTINGS = {
  takes: {
    FriendlyName: 'text',
    VoiceUrl: 'url',
    VoiceMethod: 'method',
    VoiceFallbackUrl: 'url',
    VoiceFallbackMethod: 'method',
    VoiceCallerIdLookup: 'flag',
    StatusCallback: 'url',
    StatusCallbackMethod: 'method',
  },
} as const

export const APPLICATION_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: '/Applications.json',
    handle(request) {
      const { room } = request
      const p = readFilters(request, { FriendlyName: 'text' })
      const wanted = (one: Application) => !p.has('FriendlyName') || one.settings.FriendlyName === p.text('FriendlyName')
      return listPage(request, 'applications', room.store.data.applications.filter(wanted), (one) => showApplication(room, one))
    },
  },
  {
    method: 'POST',
    path: '/Applications.json',
    handle({ room, input }) {
      const now = room.clock.now()
      const application: Application = {
        sid: makeSid('AP'),
        createdAt: now,
        updatedAt: now,
        settings: readParameters(input, SETTINGS).given(),
      }
      room.store.data.applications.push(application)
      room.store.save()
      return created(showApplication(room, application))
    },
  },
  {
    method: 'GET',
    path: '/Applications/:sid.json',
    handle: ({ room, params, uri }) => ok(showApplication(room, applicationOf(room, params.sid, uri))),
  },
  {
    method: 'POST',
    path: '/Applications/:sid.json',
    handle({ room, params, uri, input }) {
      const application = applicationOf(room, params.sid, uri)
      application.settings = { ...application.settings, ...readParameters(input, SETTINGS).given() }
      application.updatedAt = room.clock.now()
      room.store.save()
      return ok(showApplication(room, application))
    },
  },
  {
    method: 'DELETE',
    path: '/Applications/:sid.json',
    handle({ room, params, uri }) {
      const application = applicationOf(room, params.sid, uri)
      room.store.data.applications = room.store.data.applications.filter((one) => one !== application)
      room.store.save()
      return gone
    },
  },
]

function applicationOf(room: Room, sid: string | undefined, uri: string): Application {
  const application = room.store.data.applications.find((one) => one.sid === sid)
  if (!application) throw notFound(uri)
  return application
}

function showApplication(room: Room, { sid, settings, ...times }: Application) {
  return {
    ...stamps(times),
    sid,
    account_sid: room.store.data.accountSid,
    api_version: '2010-04-01',
    friendly_name: settings.FriendlyName ?? '',
    message_status_callback: null,
    public_application_connect_enabled: false,
    sms_fallback_method: 'POST',
    sms_fallback_url: null,
    sms_method: 'POST',
    sms_status_callback: null,
    sms_url: null,
    status_callback: settings.StatusCallback || null,
    status_callback_method: settings.StatusCallbackMethod ?? 'POST',
    voice_caller_id_lookup: settings.VoiceCallerIdLookup === 'true',
    voice_fallback_method: settings.VoiceFallbackMethod ?? 'POST',
    voice_fallback_url: settings.VoiceFallbackUrl || null,
    voice_method: settings.VoiceMethod ?? 'POST',
    voice_url: settings.VoiceUrl || null,
    uri: `${accountUri(room)}/Applications/${sid}.json`,
  }
}
