/** Where the local world lives. Each can be changed by its environment variable. */
import { createServer } from 'node:net'
import path from 'node:path'

/** Databases, logs, the browser's profile. */
export const dataFolder = path.resolve(process.env.RINGSIDE_DATA ?? '.data')

interface Place {
  name: string
  variable: string
  standard: number
}

const places = {
  companion: { name: 'the companion', variable: 'COMPANION_PORT', standard: 4100 },
  switchboard: { name: 'the switchboard', variable: 'SWITCHBOARD_PORT', standard: 4200 },
  signalling: { name: 'the switchboard’s signalling', variable: 'SIGNALLING_PORT', standard: 4243 },
  crm: { name: 'the demo CRM', variable: 'CRM_PORT', standard: 4300 },
} satisfies Record<string, Place>

export type Ports = Record<keyof typeof places, number>

/** Reads the ports, and throws an Error in words where one is no port or is taken. */
export async function choosePorts(): Promise<Ports> {
  const ports = {} as Ports
  for (const [key, { name, variable, standard }] of Object.entries(places)) {
    const port = Number(process.env[variable] ?? standard)
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Error(`${variable} is ${process.env[variable]}, which is no port (1 to 65535).`)
    if (!(await isFree(port))) {
      throw new Error(`Port ${port} for ${name} is taken. Stop what holds it, or choose another: ${variable}=${port + 1000} npm start`)
    }
    ports[key as keyof Ports] = port
  }
  return ports
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Whether a window can be shown here. */
export function hasDisplay(): boolean {
  return process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}
