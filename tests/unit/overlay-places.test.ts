import { expect, test } from 'vitest'
import { movePilot, moveTab, panelBox, pilotBox, sideOf } from '../../entrypoints/overlay/places.ts'
import { originOf, patternFor, siteOf } from '../../utils/site-pattern.ts'

const view = { width: 1200, height: 800 }

test('the pilot stays within the window, 16 px from its edges', () => {
  expect(pilotBox({ x: 1, y: 1 }, 200, view)).toContain('translate(844px,584px)')
  expect(pilotBox({ x: 0, y: 0 }, 200, view)).toContain('translate(16px,16px)')
  expect(pilotBox({ x: 7, y: -3 }, 200, view)).toContain('translate(844px,16px)')
  const small = pilotBox({ x: 1, y: 1 }, 900, { width: 320, height: 400 })
  expect(small).toContain('width:288px!important;height:368px')
  expect(small).toContain('translate(16px,16px)')
})

test('the panel docks at its side over the full height', () => {
  expect(panelBox('right', view)).toContain('width:400px!important;height:800px!important;transform:translate(800px,0px)')
  expect(panelBox('left', view)).toContain('translate(0px,0px)')
  expect(sideOf('rtl')).toBe('left')
})

test('dragging moves by as many px as the hand did, and stops at the edges', () => {
  const moved = movePilot({ x: 1, y: 1 }, -100, -50, view, 200)
  expect(pilotBox(moved, 200, view)).toContain('translate(744px,534px)')
  expect(movePilot(moved, -5000, -5000, view, 200)).toEqual({ x: 0, y: 0 })
  expect(moveTab(0.5, 1000, 800)).toBe(1)
})

test.each([
  ['https://crm.example/contacts?x=1', 'https://crm.example', 'https://crm.example/*', 'https://crm.example/*'],
  ['  app.hubspot.com ', 'https://app.hubspot.com', 'https://app.hubspot.com/*', 'https://app.hubspot.com/*'],
  ['http://localhost:5173/', 'http://localhost:5173', 'http://localhost:5173/*', 'http://localhost/*'],
  ['chrome://extensions', null, null, null],
  ['file:///etc/passwd', null, null, null],
  ['not a site', null, null, null],
  ['', null, null, null],
])('%s', (address, origin, chrome, firefox) => {
  expect(originOf(address)).toBe(origin)
  expect(patternFor(address)).toBe(chrome)
  expect(patternFor(address, false)).toBe(firefox)
})

test('only patterns of one site are sites', () => {
  expect(siteOf('https://crm.example/*')).toBe('https://crm.example')
  for (const wide of ['https://*/*', 'https://*.crm.example/*', '*://crm.example/*']) expect(siteOf(wide)).toBeNull()
})
