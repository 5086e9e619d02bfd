/** What Twilio's refusals become, by the codes of its error dictionary. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNumberMarket } from '../../companion/twilio/number-market.ts'
import type { TwilioSettings } from '../../companion/twilio/settings.ts'

let server: Server
let refusal = { status: 400, code: 0 }
let settings: TwilioSettings
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(refusal.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ...refusal, message: 'secret +48221234567', more_info: '' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sid = '0'.repeat(32)
  settings = {
    accountSid: `AC${sid}`,
    authToken: 'x',
    apiKeySid: `SK${sid}`,
    apiKeySecret: 'x',
    twimlAppSid: `AP${sid}`,
    apiUrl,
    voiceEdge: null,
    publicUrl: 'https://calls.example.com',
    fallbackVoiceUrl: null,
  }
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const wiring = { voiceUrl: 'https://a.example', voiceFallbackUrl: '', statusCallback: 'https://a.example' }

test.each([
  [400, 21613, 'requirement_missing', 'address'],
  [400, 21615, 'requirement_missing', 'address'],
  [400, 21628, 'requirement_missing', 'address'],
  [400, 21629, 'requirement_missing', 'address'],
  [400, 21631, 'requirement_missing', 'address'],
  [400, 21649, 'requirement_missing', 'bundle'],
  [400, 21650, 'requirement_missing', 'bundle'],
  [400, 21651, 'requirement_missing', 'bundle'],
  [400, 21422, 'number_gone', undefined],
  [400, 21421, 'number_gone', undefined],
  [401, 20003, 'voice_account_refused', undefined],
  [403, 20006, 'voice_account_refused', undefined],
  [400, 20005, 'voice_account_refused', undefined],
  [400, 10002, 'voice_account_refused', undefined],
  [400, 21404, 'voice_account_refused', undefined],
  [400, 20001, 'voice_provider_failed', undefined],
])('%i with code %i, when a number is bought, is %s %s', async (status, code, expected, kind) => {
  refusal = { status, code }
  const papers = { addressSid: null, bundleSid: null }
  const error = await createNumberMarket(settings)
    .buyNumber('+48221234567', wiring, papers)
    .then(
      () => undefined,
      (thrown) => thrown,
    )
  expect(error).toMatchObject({ code: expected, details: { provider: String(code), ...(kind && { kind }) } })
  // Twilio's words may hold numbers: they do not travel.
  expect(JSON.stringify(error.reply())).not.toContain('48221234567')
})
