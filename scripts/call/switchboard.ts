import type { Moment } from './heard.ts'

/** A scripted caller of the switchboard, as its control API describes it. */
export interface CallerState {
  id: string
  state: 'dialling' | 'ringing' | 'answered' | 'ended'
  seconds: number
  end: { status: string; code?: number; message?: string } | null
}

/** The control API of a running switchboard. Every function throws an Error in words. */
export interface Switchboard {
  dial(order: { from: string; to: string; say: object; loop: boolean }): Promise<CallerState>
  state(id: string): Promise<CallerState>
  heard(id: string, fromMs?: number): Promise<Moment[]>
  hangUp(id: string): Promise<CallerState>
}

export function openSwitchboard(url: string): Switchboard {
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = body && { 'content-type': 'application/json' }
    const response = await fetch(`${url}/control/callers${path}`, { method, headers, body: body && JSON.stringify(body) }).catch(() => {
      throw new Error(`No switchboard answers at ${url}. Start one with “npm start”, in another terminal.`)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`The switchboard refused: ${messageIn(text)}`)
    return JSON.parse(text) as T
  }
  return {
    dial: (order) => ask('POST', '', order),
    state: (id) => ask('GET', `/${id}`),
    heard: (id, fromMs = 0) => ask('GET', `/${id}/heard?fromMs=${fromMs}`),
    hangUp: (id) => ask('POST', `/${id}/hang-up`, {}),
  }
}

function messageIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: string; error?: string }
    return message ?? error ?? text
  } catch {
    return text
  }
}
