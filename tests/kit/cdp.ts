/**
 * A small line to Chromium's DevTools, beside Playwright's: for the targets that Playwright does not show
 * (the offscreen voice page) and for acts that it does not have (stopping a service worker).
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { until } from './process.ts'

export interface Target {
  targetId: string
  type: string
  url: string
}

export interface DevTools {
  targets(): Promise<Target[]>
  /** Evaluates an expression in a target, awaiting promises, and returns its JSON value. */
  evaluate(targetId: string, expression: string): Promise<unknown>
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>
  /** Runs `act` with a session attached to the target; detached afterwards, since an attached debugger keeps a worker alive. */
  attached<T>(targetId: string, act: (sessionId: string) => Promise<T>): Promise<T>
  close(): void
}

/** Connects by the file that Chromium writes into its profile when it was started with `--remote-debugging-port=0`. */
export async function openDevTools(profile: string): Promise<DevTools> {
  const [port, path] = await until(async () => {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const lines = text.trim().split('\n')
    return lines.length === 2 ? lines : undefined
  })
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })

  let last = 0
  const waiting = new Map<number, { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }>()
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown>; error?: { message: string } }
    const waiter = message.id === undefined ? undefined : waiting.get(message.id)
    if (!waiter || message.id === undefined) return
    waiting.delete(message.id)
    if (message.error) waiter.reject(new Error(message.error.message))
    else waiter.resolve(message.result ?? {})
  })
  socket.on('close', () => {
    for (const waiter of waiting.values()) waiter.reject(new Error('The browser closed its DevTools.'))
    waiting.clear()
  })

  const send: DevTools['send'] = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      socket.send(JSON.stringify({ id: last, method, params, sessionId }))
    })

  const attached: DevTools['attached'] = async (targetId, act) => {
    const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
    try {
      return await act(sessionId)
    } finally {
      await send('Target.detachFromTarget', { sessionId }).catch(() => undefined)
    }
  }

  return {
    send,
    attached,
    async targets() {
      const { targetInfos } = (await send('Target.getTargets', { filter: [{}] })) as { targetInfos: Target[] }
      return targetInfos
    },
    evaluate: (targetId, expression) =>
      attached(targetId, async (sessionId) => {
        const { result, exceptionDetails } = (await send(
          'Runtime.evaluate',
          { expression, awaitPromise: true, returnByValue: true },
          sessionId,
        )) as { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } }
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
        return result.value
      }),
    close: () => socket.close(),
  }
}
