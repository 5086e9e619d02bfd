/** Starts the whole switchboard: the exchange, its HTTP port, and the lines that end in it. */
import type { AddressInfo } from 'node:net'
import { createExchange } from './calls/inbound.ts'
import { controlRoutes } from './control/control-routes.ts'
import { startHttp } from './http/server.ts'
import { type Lines, openLines } from './lines.ts'
import { openRoom } from './open-room.ts'

export interface SwitchboardOptions {
  /** Where the account, its numbers and recordings are kept. */
  dataFolder: string
  /** 127.0.0.1 where not given. */
  host?: string
  /** HTTP; 0 or none takes a free one. */
  port?: number
  /** The Voice SDK's signalling, TLS; 0 or none takes a free one. */
  signalPort?: number
  /** How many calls REST may start in a second, as Twilio limits accounts (1 by default there); no limit where not given. */
  callsPerSecond?: number
  /** First and last UDP port for media. */
  rtpPorts?: [number, number]
  /** Gets one line for each error; standard error where not given. */
  print?: (line: string) => void
}

/** Where everything is, and with which credentials. */
export interface SwitchboardAddresses {
  /** Stands for https://api.twilio.com, without a slash at the end. */
  restUrl: string
  /** `host:port` for the Voice SDK's `chunderw`. */
  signallingHost: string
  boothUrl: string
  /** For Chromium's --ignore-certificate-errors-spki-list. */
  spki: string
  accountSid: string
  authToken: string
  apiKey: string
  apiSecret: string
  applicationSid: string
}

export interface Switchboard extends SwitchboardAddresses {
  close(): Promise<void>
}

/** Rejects with words for a person where a port is in use or the data cannot be read. */
export async function startSwitchboard(options: SwitchboardOptions): Promise<Switchboard> {
  const host = options.host ?? '127.0.0.1'
  const print = options.print ?? ((line) => console.error(line))
  let restUrl = ''
  let lines: Lines | undefined
  let about: SwitchboardAddresses | undefined
  const openedLines = () => {
    if (!lines) throw new Error('the lines are not open yet')
    return lines
  }
  const room = openRoom({
    dataFolder: options.dataFolder,
    print,
    finder: () => openedLines().finder,
    baseUrl: () => restUrl,
    callsPerSecond: options.callsPerSecond,
  })
  const http = await startHttp({
    room,
    host,
    port: options.port ?? 0,
    routes: () => [...controlRoutes(room, () => about), ...(lines?.routes ?? [])],
    upgrade: (...asked) => lines?.upgrade(...asked) ?? false,
  }).catch((error: unknown) => {
    room.clock.stop()
    throw error
  })
  restUrl = `http://${host}:${(http.address() as AddressInfo).port}`
  const close = async () => {
    for (const leg of room.legs.all()) room.legs.end(leg, { status: 'failed', message: 'the switchboard stops' })
    await lines?.close()
    room.clock.stop()
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  }
  try {
    lines = await openLines({
      exchange: createExchange(room),
      signalling: { host, port: options.signalPort ?? 0 },
      dataFolder: options.dataFolder,
      rtpPorts: options.rtpPorts,
      faults: room.faults,
      after: room.clock.after,
      log: (text, callSid) => room.log.add({ kind: 'call', text, callSid }),
    })
  } catch (error) {
    await close()
    throw error
  }
  const { accountSid, authToken, apiKey, apiSecret, applicationSid } = room.store.data
  about = {
    restUrl,
    signallingHost: `${host}:${lines.signallingPort}`,
    boothUrl: `${restUrl}/booth`,
    spki: lines.spki,
    accountSid,
    authToken,
    apiKey,
    apiSecret,
    applicationSid,
  }
  return { ...about, close }
}
