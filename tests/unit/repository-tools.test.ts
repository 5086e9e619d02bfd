import { expect, test } from 'vitest'
// @ts-expect-error The bootstrap is plain JavaScript, without types.
import { isNewEnough } from '../../scripts/tools/node.mjs'
// @ts-expect-error The bootstrap is plain JavaScript, without types.
import { firstDifference } from '../../scripts/tools/packages.mjs'

test.each([
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['24.21.0', true],
])('Node %s is new enough: %s', (version, enough) => {
  expect(isNewEnough(version)).toBe(enough)
})

const locked = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/@biomejs/cli-win32-x64': { version: '2.5.15', optional: true },
}

test.each<[installed: object, why: string | undefined]>([
  [{ 'node_modules/zod': { version: '4.6.7' } }, undefined],
  [{ 'node_modules/zod': { version: '4.6.6' } }, 'zod 4.6.7 is there as 4.6.6'],
  [{ 'node_modules/other': { version: '1.0.0' } }, 'zod 4.6.7 is missing'],
  [{}, 'no packages are installed'],
])('packages are installed again only where they differ from the lock: %j', (installed, why) => {
  expect(firstDifference(locked, installed)).toBe(why)
})
