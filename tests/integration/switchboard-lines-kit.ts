/** For the tests of the switchboard's lines: an exchange that only plays a tone and listens, and a Chromium with the unmodified SDK. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import twilio from 'twilio'
import type { Answer, Route } from '../../switchboard/callers/route.ts'
import type { Exchange, Line } from '../../switchboard/exchange.ts'
import { type Lines, openLines } from '../../switchboard/lines.ts'
import { createPlayer } from '../../switchboard/media/player.ts'
import { createRecording, type Recording } from '../../switchboard/media/recording.ts'
import { makeTone } from '../../switchboard/media/tone.ts'
import { writeWav } from '../../switchboard/media/wav.ts'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
/** Browser tests are left out, and said to be, only on a machine without Chromium that is not CI. */
export const hasChromium = existsSync(CHROMIUM) || process.env.CI === 'true'
if (!hasChromium) console.warn(`No Chromium at ${CHROMIUM}: the browser tests of the switchboard's lines are NOT run. Set CHROMIUM.`)

export const ACCOUNT = `AC${'a'.repeat(32)}`
export const API_KEY = `SK${'b'.repeat(32)}`
export const SECRET = 'the-secret-of-the-key'
export const APPLICATION = `AP${'c'.repeat(32)}`
const SDK = fileURLToPath(new URL('../../node_modules/@twilio/voice-sdk/dist/twilio.min.js', import.meta.url))
/** What the exchange plays, and what the browser's microphone hears. */
export const PLAYED_HZ = 440
export const MICROPHONE_HZ = 700

export interface FakeCall {
  callSid: string
  line: Line
  facts: Record<string, unknown>
  heard: Recording
  digits: string
  hungUp: boolean
  stop(): void
}

/** Every 20 ms, catching up with what a busy machine missed. */
const startTicker = (tick: () => void): (() => void) => {
  let due = performance.now()
  const timer = setInterval(() => {
    for (; due <= performance.now(); due += 20) tick()
  }, 10)
  return () => clearInterval(timer)
}

/** An exchange that answers by hand and, once answered, plays 440 Hz and records. */
export const createFakeExchange = () => {
  const calls: FakeCall[] = []
  const begin = (facts: Record<string, unknown>, line: Line): FakeCall => {
    const heard = createRecording()
    const tone = createPlayer(makeTone(PLAYED_HZ, 1000), true)
    const silence = new Int16Array(160)
    const call: FakeCall = {
      callSid: `CA${String(calls.length).padStart(32, '0')}`,
      line,
      facts,
      heard,
      digits: '',
      hungUp: false,
      stop: startTicker(() => {
        heard.append(line.port.read() ?? silence)
        line.port.write(tone.next() as Int16Array)
      }),
    }
    line.onDigit((digit) => {
      call.digits += digit
    })
    line.onHangUp(() => {
      call.hungUp = true
      call.stop()
    })
    calls.push(call)
    return call
  }
  const exchange: Exchange = {
    dial: (from, to, line) => begin({ from, to }, line).callSid,
    connect: (client, line) => begin(client, line).callSid,
    apiKeySecret: (key, account) => (key === API_KEY && account === ACCOUNT ? SECRET : undefined),
  }
  return { exchange, calls, begin }
}

export const makeToken = (identity: string, options: { ttl?: number; secret?: string } = {}): string => {
  const { AccessToken } = twilio.jwt
  const token = new AccessToken(ACCOUNT, API_KEY, options.secret ?? SECRET, { identity, ttl: options.ttl ?? 3600 })
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: APPLICATION, incomingAllow: true }))
  return token.toJwt()
}

const reply = async (routes: Route[], method: string, url: URL, body: string): Promise<Answer | undefined> => {
  for (const route of routes) {
    const match = new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(url.pathname)
    if (!match || route.method !== method) continue
    const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]))
    return route.handle({ params, query: url.searchParams, body: body === '' ? undefined : JSON.parse(body) })
  }
  return undefined
}

/** The lines on free ports with an HTTP server before them that also gives out an empty page. */
export const openStage = async (lineOptions: Partial<Parameters<typeof openLines>[0]> = {}) => {
  const fake = createFakeExchange()
  const folder = await mkdtemp(join(tmpdir(), 'lines-'))
  const log: string[] = []
  const lines: Lines = await openLines({
    exchange: fake.exchange,
    signalling: { host: '127.0.0.1', port: 0 },
    dataFolder: folder,
    log: (text) => log.push(text),
    ...lineOptions,
  })
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const answer = await reply(lines.routes, request.method ?? 'GET', url, Buffer.concat(parts).toString())
    if (url.pathname === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html>')
    if (!answer) return response.writeHead(404).end()
    if ('json' in answer) return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json))
    return response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.bytes)
  })
  server.on('upgrade', (request, socket, head) => {
    if (!lines.upgrade(request, socket, head)) socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...fake,
    lines,
    log,
    folder,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const call of fake.calls) call.stop()
      await lines.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** A Chromium whose microphone hears 700 Hz. */
export const openChromium = async (stage: { folder: string; lines: { spki: string } }): Promise<Browser> => {
  const microphone = join(stage.folder, 'microphone.wav')
  await writeFile(microphone, writeWav(makeTone(MICROPHONE_HZ, 10_000)))
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--allow-loopback-in-peer-connection',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      `--ignore-certificate-errors-spki-list=${stage.lines.spki}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

/** A page with a Device of the unmodified SDK, under `window.device`; `window.call` is its newest call, `window.seen` its events. */
export const openDevicePage = async (
  browser: Browser,
  stage: { url: string; lines: { signallingPort: number } },
  token: string,
): Promise<Page> => {
  const page = await browser.newPage()
  await page.goto(stage.url)
  await page.addScriptTag({ path: SDK })
  await page.evaluate(
    ({ token, host }) => {
      const scope = window as unknown as PageScope
      scope.seen = []
      scope.device = new scope.Twilio.Device(token, { chunderw: host, logLevel: 'silent' })
      scope.watch = (call) => {
        scope.call = call
        for (const event of ['ringing', 'accept', 'disconnect', 'cancel', 'reject', 'reconnecting', 'reconnected', 'error']) {
          call.on(event, (detail: { code?: number }) => scope.seen.push(event === 'error' ? `error ${detail.code}` : event))
        }
      }
      scope.device.on('incoming', scope.watch)
      scope.device.on('registered', () => scope.seen.push('registered'))
      scope.device.on('unregistered', () => scope.seen.push('unregistered'))
      scope.device.on('error', (error: { code: number }) => scope.seen.push(`device error ${error.code}`))
    },
    { token, host: `localhost:${stage.lines.signallingPort}` },
  )
  return page
}

export interface SdkCall {
  on(event: string, listener: (detail: never) => void): void
  accept(options?: unknown): void
  reject(): void
  disconnect(): void
  sendDigits(digits: string): void
  getRemoteStream(): MediaStream | undefined
  connectToken: string
  parameters: Record<string, string>
  customParameters: Map<string, string>
  _mediaHandler: { iceRestart(): void }
}

export interface PageScope {
  Twilio: { Device: new (token: string, options: unknown) => PageScope['device'] }
  device: {
    on(event: string, listener: (detail: never) => void): void
    register(): Promise<void>
    connect(options: unknown): Promise<SdkCall>
    updateToken(token: string): void
    _stream: { transport: { _socket: WebSocket } }
  }
  call: SdkCall
  seen: string[]
  watch(call: SdkCall): void
}

export const seen = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as PageScope).seen)

/** Plain voice, so that a test tone is not taken for noise. */
export const RAW_AUDIO = { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } }

export const connect = (page: Page, params: Record<string, string>): Promise<void> =>
  page.evaluate(
    async ({ params, rtcConstraints }) => {
      const scope = window as unknown as PageScope
      scope.watch(await scope.device.connect({ params, rtcConstraints }))
    },
    { params, rtcConstraints: RAW_AUDIO },
  )

/** The strongest frequency that the page's call plays, in Hz to about 6; 0 where it is silent. */
export const heardInPage = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const stream = (window as unknown as PageScope).call.getRemoteStream()
    if (!stream) return 0
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    context.createMediaStreamSource(stream).connect(analyser)
    await new Promise((resolve) => setTimeout(resolve, 400))
    const bins = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(bins)
    const rate = context.sampleRate
    await context.close()
    const peak = bins.reduce((best, level, bin) => (level > (bins[best] as number) ? bin : best), 0)
    return (bins[peak] as number) < -60 ? 0 : (peak * rate) / 8192
  })
