import { readFile } from 'node:fs/promises'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { activities, companies, contacts, tickets } from './seed.ts'

/** As strict as a CRM in the field: an overlay that needs anything of the page does not work here. */
const csp = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types 'none'`,
].join('; ')

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
const data: Record<string, unknown> = { activities, companies, contacts, tickets }
const app = path.join(import.meta.dirname, 'app')

export interface DemoCrm {
  /** `http://localhost:<port>`, without a slash at the end. */
  url: string
  close(): Promise<void>
}

/**
 * Serves the demo CRM on this machine only. Rejects with the system's error (EADDRINUSE) where the port is taken.
 * @param options.port 0 or none: any free port
 * @param options.headers added to every answer, or in place of ours: a test's own CSP, COEP, Permissions-Policy
 */
export async function startDemoCrm(options: { port?: number; headers?: OutgoingHttpHeaders } = {}): Promise<DemoCrm> {
  const server = createServer(async (request, response) => {
    const answer = await answerTo(new URL(request.url ?? '/', 'http://localhost').pathname)
    response.writeHead(answer.status, {
      'content-type': `${answer.type}; charset=utf-8`,
      'content-security-policy': csp,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      ...options.headers,
    })
    response.end(answer.body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  status: number
  type: string
  body: string | Buffer
}

/** Data under /api, files with an extension, and the app for every other path: its pages are the browser's. */
async function answerTo(pathname: string): Promise<Answer> {
  const api = pathname.match(/^\/api\/(\w+)$/)?.[1]
  if (api) return api in data ? { status: 200, type: 'application/json', body: JSON.stringify(data[api]) } : notFound
  const type = types[path.extname(pathname)]
  const file = path.join(app, type ? path.posix.normalize(pathname) : 'index.html')
  return readFile(file).then(
    (body) => ({ status: 200, type: type ?? 'text/html', body }),
    () => notFound,
  )
}

const notFound: Answer = { status: 404, type: 'text/plain', body: 'Not found' }
