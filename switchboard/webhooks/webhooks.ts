/** All HTTP that the exchange sends to the app: signed, logged, and spoiled where a fault rule says so. */
import type { Clock } from '../clock/clock.ts'
import type { Faults } from '../faults/faults.ts'
import type { CallLog } from '../log/call-log.ts'
import { deliver, type WebhookAnswer, type WebhookRequest } from './deliver.ts'

/** Whose webhook it is, and which event it tells: `voice`, `answered`, `participant-join`, `recording-completed`, `hold` … */
export interface WebhookLabel {
  event: string
  callSid?: string
  conferenceSid?: string
}

export interface Webhooks {
  /** Asks for a document or for media. Never rejects. */
  ask(request: WebhookRequest, label: WebhookLabel): Promise<WebhookAnswer>
  /** Tells of an event; nobody waits for it, and order is not promised. */
  tell(request: WebhookRequest, label: WebhookLabel): void
}

export function createWebhooks(services: { clock: Clock; faults: Faults; log: CallLog; authToken: string }): Webhooks {
  const { clock, faults, log, authToken } = services
  /** Callbacks that a `reorder` fault holds back until the next one of the same call has gone. */
  const waiting = new Map<string, (() => void)[]>()

  async function send(request: WebhookRequest, label: WebhookLabel): Promise<WebhookAnswer> {
    const startedAt = performance.now()
    const answer = await clock.hold(deliver(clock, authToken, request))
    const ms = Math.round(performance.now() - startedAt)
    const words = answer.ok ? `${answer.status}` : `failed with ${answer.code}`
    log.add({
      kind: 'webhook',
      ...label,
      url: request.url,
      status: answer.status,
      ms,
      text: `${label.event}: ${request.method} ${request.url} → ${words} (${ms} ms)`,
    })
    if (!answer.ok) log.add({ kind: 'error', ...label, code: answer.code, text: `${label.event}: ${answer.message}` })
    return answer
  }

  async function spoil(request: WebhookRequest, label: WebhookLabel): Promise<WebhookAnswer> {
    const rule = faults.take({
      kind: 'webhook',
      event: label.event,
      path: pathOf(request.url),
      callSid: label.callSid,
      to: request.fields.To,
    })
    if (!rule) return send(request, label)
    log.add({ kind: 'fault', ...label, text: `fault ${rule.id} (${rule.do}) strikes ${label.event} ${request.url}` })
    if (rule.do === 'drop') return { ok: false, code: 11205, message: `${request.url}: lost by fault ${rule.id}` }
    if (rule.do === 'status')
      return { ok: false, code: 11200, message: `${request.url} answered with HTTP status ${rule.status}`, status: rule.status }
    if (rule.do === 'delay') await clock.wait(rule.ms)
    if (rule.do === 'reorder') await outOfOrder(label, rule.ms)
    const answer = await send(request, label)
    return rule.do === 'double' ? send(request, label) : answer
  }

  function outOfOrder(label: WebhookLabel, ms: number): Promise<void> {
    const key = label.callSid ?? label.conferenceSid ?? ''
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve)
      waiting.set(key, [
        ...(waiting.get(key) ?? []),
        () => {
          cancel()
          resolve()
        },
      ])
    })
  }

  return {
    ask: spoil,
    tell(request, label) {
      const keys = [label.callSid, label.conferenceSid].filter((key) => key !== undefined)
      const overtaken = keys.flatMap((key) => waiting.get(key) ?? [])
      for (const key of keys) waiting.delete(key)
      spoil(request, label).then(() => {
        for (const release of overtaken) release()
      })
    },
  }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
