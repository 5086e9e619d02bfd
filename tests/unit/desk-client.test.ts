import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createClient, refusedAt } from '../../utils/companion-client.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION, RingsideError } from '../../utils/protocol/index.ts'
import { id, me } from './desk-samples.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<string> {
  const made = createServer(listener)
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

test('sends token, version, parameters and body; gives what the schema says', async () => {
  let heard: unknown
  const address = await serve((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      const { method, url, headers } = request
      heard = [method, url, headers.authorization, headers[PROTOCOL_HEADER], body]
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...me, more: 'dropped' }))
    })
  })
  const reply = await createClient(address, () => 'secret').call('setWanted', { path: {}, body: { wanted: true } })
  expect(heard).toEqual(['PUT', '/api/me/wanted', 'Bearer secret', String(PROTOCOL_VERSION), '{"wanted":true}'])
  expect(reply).toEqual(me)
})

const ask = (address: string) => createClient(address, () => 'x').call('readCall', { path: { callId: id(1) }, body: null })
const codeOf = async (address: string) => {
  const error = await ask(address).catch((thrown: unknown) => thrown)
  return error instanceof RingsideError ? error.code : error
}

test('the companion’s own refusal keeps its code, its details and its clock', async () => {
  const refusal = new RingsideError('call_taken', { by: 'Piotr' }).reply()
  const address = await serve((_, response) => response.writeHead(409).end(JSON.stringify(refusal)))
  const error = (await ask(address).catch((thrown: unknown) => thrown)) as RingsideError
  expect(error).toMatchObject({ code: 'call_taken', details: { by: 'Piotr' } })
  expect(Math.abs((refusedAt(error) ?? 0) - Date.now())).toBeLessThan(5000)
})

test('nobody there', async () => {
  expect(await codeOf('http://127.0.0.1:1')).toBe('companion_unreachable')
})

test('a proxy before a companion that is down', async () => {
  expect(await codeOf(await serve((_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>')))).toBe('companion_unreachable')
})

test('some other web site', async () => {
  expect(await codeOf(await serve((_, response) => response.writeHead(404).end('<h1>Not found</h1>')))).toBe('not_a_companion')
  server?.close()
  expect(await codeOf(await serve((_, response) => response.end('<h1>Hello</h1>')))).toBe('not_a_companion')
})

test('a companion of another version', async () => {
  const address = await serve((_, response) => response.setHeader(PROTOCOL_HEADER, String(PROTOCOL_VERSION + 1)).end('{"else":true}'))
  const error = await ask(address).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'protocol_mismatch',
    details: { extension: String(PROTOCOL_VERSION), companion: String(PROTOCOL_VERSION + 1) },
  })
})

/** Says `pieces` one by one, as slowly as asked. */
const drip =
  (pieces: number, everyMs: number, end = true): RequestListener =>
  (_, response) => {
    response.setHeader('content-type', 'audio/wav')
    let said = 0
    const timer = setInterval(() => {
      response.write('x'.repeat(100))
      if (++said < pieces) return
      clearInterval(timer)
      if (end) response.end()
    }, everyMs)
  }

test('a voicemail on a slow line comes whole, however long it takes, as long as it comes', async () => {
  const began = performance.now()
  const sound = await createClient(await serve(drip(20, 20)), () => 'x', 200).recording(id(1))
  expect(performance.now() - began).toBeGreaterThan(300)
  expect([sound.size, sound.type]).toEqual([2000, 'audio/wav'])
})

test.each([
  ['says nothing', () => undefined],
  ['stops in the middle', drip(3, 5, false)],
] as [string, RequestListener][])('somebody who %s is not waited for', async (_, listener) => {
  const heard = createClient(await serve(listener), () => 'x', 200).recording(id(1))
  await expect(heard).rejects.toMatchObject({ code: 'companion_unreachable' })
})

test('a large upload is given the time that its size needs before the first answer', async () => {
  const address = await serve((request, response) => {
    request.resume()
    request.on('end', () => setTimeout(() => response.end(JSON.stringify({ uploadId: id(1), seconds: 2 })), 300))
  })
  const upload = createClient(address, () => 'x', 100).call('uploadGreeting', {
    path: {},
    body: { uploadId: id(1), wavBase64: 'A'.repeat(1_000_000) },
  })
  expect(await upload).toEqual({ uploadId: id(1), seconds: 2 })
})
