/** Calls that come to the exchange: a phone dials a number, an SDK client connects. */
import type { Exchange, Line } from '../exchange.ts'
import { runCall } from '../programs/call-program.ts'
import type { DocumentSource, Fallback } from '../programs/stage.ts'
import type { Room } from '../room.ts'
import type { CallCallback } from './call.ts'
import type { Leg } from './leg.ts'

/** The exchange as the doors see it. */
export function createExchange(room: Room): Exchange {
  const { legs, store, log } = room

  function refuse(leg: Leg, code: number, message: string) {
    log.add({ kind: 'error', callSid: leg.call.sid, code, text: message })
    legs.end(leg, { status: 'failed', code, message })
  }

  function begin(leg: Leg, line: Line, settings: Record<string, string> | undefined, missing: string) {
    legs.attach(leg, line)
    const url = settings?.VoiceUrl
    if (!settings || !url) return refuse(leg, settings ? 21218 : 21212, missing)
    line.ringing()
    void runCall(room, leg, voiceSource(url, settings.VoiceMethod), fallbackOf(settings))
  }

  return {
    dial(from, to, line) {
      const owned = store.data.numbers.find((number) => number.phoneNumber === to)
      const settings = owned && settingsOf(room, owned.settings)
      const leg = legs.create({
        from,
        to,
        direction: 'inbound',
        status: 'ringing',
        phoneNumberSid: owned?.sid,
        callback: completedCallback(settings),
      })
      begin(leg, line, settings, owned ? `${to} has no VoiceUrl` : `nobody owns ${to}`)
      return leg.call.sid
    },
    connect(client, line) {
      const application = store.data.applications.find(({ sid }) => sid === client.applicationSid)
      const leg = legs.create({
        from: `client:${client.identity}`,
        to: client.params.To ?? '',
        direction: 'inbound',
        status: 'ringing',
        custom: { ...client.params, ApplicationSid: client.applicationSid },
        callback: completedCallback(application?.settings),
      })
      begin(leg, line, application?.settings, `application ${client.applicationSid} ${application ? 'has no VoiceUrl' : 'does not exist'}`)
      return leg.call.sid
    },
    apiKeySecret: (apiKeySid, accountSid) =>
      apiKeySid === store.data.apiKey && accountSid === store.data.accountSid ? store.data.apiSecret : undefined,
  }
}

/** A number's VoiceApplicationSid goes before its own addresses. */
function settingsOf(room: Room, settings: Record<string, string>): Record<string, string> {
  const application = room.store.data.applications.find(({ sid }) => sid === settings.VoiceApplicationSid)
  return application?.settings ?? settings
}

export const asMethod = (value: string | undefined): 'GET' | 'POST' => (value === 'GET' ? 'GET' : 'POST')

export function voiceSource(url: string, method: string | undefined): DocumentSource {
  return { kind: 'url', url, method: asMethod(method), event: 'voice' }
}

export function fallbackOf(settings: Record<string, string>): Fallback | undefined {
  const url = settings.VoiceFallbackUrl
  return url ? { url, method: asMethod(settings.VoiceFallbackMethod) } : undefined
}

function completedCallback(settings: Record<string, string> | undefined): CallCallback | undefined {
  const url = settings?.StatusCallback
  return url ? { url, method: asMethod(settings.StatusCallbackMethod), events: ['completed'] } : undefined
}
