import twilio from 'twilio'
import { expect, test } from 'vitest'
import { readConnection } from '../../switchboard/webhooks/overrides.ts'
import { signWebhook } from '../../switchboard/webhooks/signature.ts'

test.each([
  ['no fields', 'https://a.example/x', {}],
  ['a query', 'https://a.example:8443/x?b=2&a=1', { CallSid: 'CA1', From: '+48500600700' }],
  ['letters beyond ASCII', 'http://127.0.0.1:3000/é?name=Zażółć', { Body: 'Zażółć gęślą', Digits: '*#' }],
  ['upper and lower case names', 'https://a.example/', { b: '1', B: '2', a: '', _: '3' }],
])("Twilio's library accepts our signature: %s", (_, url, fields) => {
  expect(twilio.validateRequest('secret', signWebhook('secret', url, fields), url, fields)).toBe(true)
  expect(twilio.validateRequest('secret', signWebhook('other', url, fields), url, fields)).toBe(false)
})

test('overrides are read from the fragment, with the documented defaults', () => {
  expect(readConnection('https://a.example/x?y#rc=2&rt=3000&ct=1000&rp=4xx,rt')).toEqual({
    url: 'https://a.example/x?y',
    connectMs: 1000,
    readMs: 3000,
    totalMs: 15_000,
    retries: 2,
    retryOn: new Set(['4xx', 'rt']),
  })
  expect(readConnection('https://a.example/')).toMatchObject({ connectMs: 5000, readMs: 15_000, retries: 1, retryOn: new Set(['ct']) })
  expect(readConnection('https://a.example/#rp=all').retryOn.size).toBe(4)
})

test.each(['rc=6', 'rt=99', 'ct=10001', 'rp=2xx', 'zz=1', 'rc=x'])('the override %s is refused', (fragment) => {
  expect(() => readConnection(`https://a.example/#${fragment}`)).toThrow('connection override')
})
