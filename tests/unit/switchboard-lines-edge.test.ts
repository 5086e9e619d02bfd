import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import twilio from 'twilio'
import { expect, test } from 'vitest'
import { createRtpPorts } from '../../switchboard/media/rtp-ports.ts'
import { fingerprintOf, finishSdp } from '../../switchboard/media/sdp.ts'
import { createDigitReader } from '../../switchboard/media/telephone-event.ts'
import { readAccessToken } from '../../switchboard/signalling/access-token.ts'
import { openCertificate } from '../../switchboard/signalling/certificate.ts'

const { AccessToken } = twilio.jwt
const NOW = Date.now() / 1000
const secretOf = (key: string, account: string) => (key === 'SK1' && account === 'AC1' ? 'secret' : undefined)

const tokenFor = (options: { key?: string; secret?: string; ttl?: number; grant?: boolean } = {}) => {
  const token = new AccessToken('AC1', options.key ?? 'SK1', options.secret ?? 'secret', { identity: 'ann', ttl: options.ttl ?? 60 })
  if (options.grant !== false) token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: 'AP1', incomingAllow: true }))
  return token.toJwt()
}

test("Twilio's own library makes tokens that are read with all they grant", () => {
  const result = readAccessToken(tokenFor(), secretOf, NOW)
  expect(result).toMatchObject({ grants: { accountSid: 'AC1', identity: 'ann', incoming: true, applicationSid: 'AP1' } })
  expect(readAccessToken(tokenFor({ grant: false }), secretOf, NOW)).toMatchObject({
    grants: { incoming: false, applicationSid: undefined },
  })
})

const unsigned = () => {
  const [, body] = tokenFor().split('.')
  return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`
}
const otherBody = () => {
  const [header, body, signature] = tokenFor().split('.')
  const claims = JSON.parse(Buffer.from(body as string, 'base64url').toString())
  return `${header}.${Buffer.from(JSON.stringify({ ...claims, grants: { ...claims.grants, identity: 'bob' } })).toString('base64url')}.${signature}`
}

test.each([
  ['signed with another secret', 20101, () => tokenFor({ secret: 'guessed' })],
  ['of a key that we do not know', 20101, () => tokenFor({ key: 'SK2' })],
  ['not signed', 20101, unsigned],
  ['changed after it was signed', 20101, otherBody],
  ['no token at all', 20101, () => 'hello'],
  ['empty', 20101, () => ''],
  ['expired', 20104, () => tokenFor({ ttl: -1 })],
])('a token that is %s is refused with %i', (_what, code, token) => {
  expect(readAccessToken(token(), secretOf, NOW)).toMatchObject({ refusal: { code } })
})

test('the certificate is made once, and again when it was damaged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'))
  const first = await openCertificate(folder)
  expect(first.spki).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  expect(await openCertificate(folder)).toEqual(first)
  await writeFile(join(folder, 'signalling-cert.pem'), 'nonsense')
  expect((await openCertificate(folder)).spki).not.toBe(first.spki)
  expect(await readFile(join(folder, 'signalling-key.pem'), 'utf8')).toContain('PRIVATE KEY')
  await rm(folder, { recursive: true })
})

test('media ports are never shared, come back, and run out in words', () => {
  const ports = createRtpPorts([20000, 20005])
  const taken = [ports.take(), ports.take(), ports.take()]
  expect(taken).toEqual([
    [20000, 20001],
    [20002, 20003],
    [20004, 20005],
  ])
  expect(() => ports.take()).toThrow('20000 to 20005')
  ports.give(taken[1])
  expect(ports.take()).toEqual([20002, 20003])
  expect(createRtpPorts().take()).toBeUndefined()
})

test('a description gets what browsers need: ice-lite for the session, a stream, every address on the one port', () => {
  const lines = finishSdp(
    [
      'v=0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 0',
      'a=candidate:f 1 udp 2130706431 127.0.0.1 20000 typ host',
      'a=ice-lite',
      'a=ice-options:trickle',
      'a=mid:0',
      'a=msid:- x',
      '',
    ].join('\r\n'),
    ['127.0.0.1', '10.1.2.3'],
  ).split('\r\n')
  expect(lines.indexOf('a=ice-lite')).toBeLessThan(lines.findIndex((line) => line.startsWith('m=')))
  expect(lines.filter((line) => line.startsWith('a=msid:'))).toEqual(['a=msid:switchboard voice'])
  expect(lines.filter((line) => line.startsWith('a=candidate:')).map((line) => line.split(' ').slice(4, 6))).toEqual([
    ['127.0.0.1', '20000'],
    ['10.1.2.3', '20000'],
  ])
  expect(lines).not.toContain('a=ice-options:trickle')
  expect(fingerprintOf('v=0\r\na=fingerprint:sha-256 aB:cD\r\n')).toBe('SHA-256 AB:CD')
})

test('a key that is sent in many packets is read once', () => {
  const read = createDigitReader()
  const packet = (event: number) => Uint8Array.of(event, 10, 0, 160)
  expect([read(100, packet(5)), read(100, packet(5)), read(900, packet(5)), read(1700, packet(11)), read(2500, packet(16))]).toEqual([
    '5',
    undefined,
    '5',
    '#',
    undefined,
  ])
})
