/** The overlay in pages that are strict, careless or hostile (OV3, OV4). */
import { expect, type Page, test } from '@playwright/test'
import { noticed, ready } from './overlay-stage/snapshots.ts'
import { type OverlayStage, openStage, pilotsIn, servePages, type TestPage } from './overlay-stage/stage.ts'

let stage: OverlayStage
let page: Page
let site: TestPage | undefined

test.beforeAll(async () => {
  stage = await openStage()
})
test.afterAll(() => stage.close())
test.beforeEach(async () => {
  await stage.show(ready)
  page = await stage.context.newPage()
})
test.afterEach(async () => {
  await page.close()
  await site?.close()
})

const document = (head = '', body = '') =>
  `<!doctype html><html lang="en"><title>A CRM</title>${head}<body><h1>A page</h1>${body}</body></html>`

/** Opens an allowed page and lets the pilot rise over it. */
async function open(html: string, headers: Record<string, string> = {}) {
  site = await servePages({ '/': html }, headers)
  await stage.allow(site.origin)
  await page.goto(site.origin)
  await expect(page.locator('[role=complementary]').first()).toBeAttached()
  await stage.show(noticed)
  const pilot = await stage.pilot(page)
  await expect(pilot.getByRole('button', { name: 'Answer' })).toBeAttached()
  return pilot
}

const answers = async () => (await stage.heard()).commands.filter(({ type }) => type === 'answer').length

/** Presses where Answer is, with the mouse, whatever lies there. */
async function pressAnswer(): Promise<void> {
  const button = await (await stage.pilot(page)).getByRole('button', { name: 'Answer' }).boundingBox()
  if (!button) throw new Error('Answer is not drawn')
  await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2)
}

/** A person needs longer than the half second for which the pilot must have been seen. */
async function canBePressed(): Promise<void> {
  const before = await answers()
  const counted = async () => (await answers()) > before
  // Looks before it presses again: one that counted is heard of a moment later.
  await expect.poll(async () => (await counted()) || pressAnswer().then(counted), { intervals: [600] }).toBe(true)
}

const strict: Record<string, Record<string, string>> = {
  'a strict CSP with Trusted Types': {
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'",
    'permissions-policy': 'camera=(), microphone=(), fullscreen=()',
  },
  'COEP require-corp': { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
  'COEP require-corp without isolation': { 'cross-origin-embedder-policy': 'require-corp' },
  'COEP credentialless': { 'cross-origin-embedder-policy': 'credentialless' },
}
for (const [name, headers] of Object.entries(strict)) {
  test(`the pilot comes up and can be pressed under ${name}`, async () => {
    await open(document(), headers)
    await canBePressed()
  })
}

test('a page’s CSS can neither hide, dim, shrink nor move it', async () => {
  await open(
    document(`<style>
      html, body { opacity: .99 }
      div, [popover], [role=complementary], :popover-open { display: none !important; opacity: .01 !important; transform: scale(.1) !important;
        filter: blur(9px) !important; clip-path: inset(50%) !important; visibility: hidden !important; pointer-events: none !important;
        width: 1px !important; left: -999px !important; mask: linear-gradient(transparent, transparent) !important; zoom: .1 !important }
      div::before, [popover]::before { content: 'x'; position: fixed; inset: 0 }
    </style>`),
  )
  const box = await (await (await stage.pilot(page)).frameElement()).boundingBox()
  expect(box).toMatchObject({ width: 340, height: 180 })
  await canBePressed()
})

test('inline style, hidden, inert and a closed popover are undone', async () => {
  await open(document())
  await page.evaluate(() => {
    for (const host of window.document.querySelectorAll<HTMLElement>('[role=complementary][popover]')) {
      host.style.setProperty('opacity', '0', 'important')
      host.hidden = true
      host.inert = true
      host.hidePopover()
      host.removeAttribute('popover')
    }
  })
  await canBePressed()
  expect(await page.locator('[role=complementary][popover]').getAttribute('inert')).toBeNull()
})

test('while a page lays something over it, no press counts, and the person is told; afterwards it works again', async () => {
  const pilot = await open(
    document('', '<div id="cover" popover="manual" style="inset:0;width:100%;height:100%;background:#fffc;pointer-events:none"></div>'),
  )
  await canBePressed()
  await page.evaluate(() => {
    const cover = window.document.querySelector<HTMLElement>('#cover')
    // Comes to the top again and again, faster than we do.
    const timer = setInterval(() => {
      if (cover?.matches(':popover-open')) cover.hidePopover()
      cover?.showPopover()
    }, 30)
    const uncover = () => {
      clearInterval(timer)
      cover?.remove()
    }
    Object.assign(globalThis, { uncover })
  })
  const refused = async () => {
    await pressAnswer()
    return pilot.getByRole('alert').textContent()
  }
  await expect.poll(refused).toBe('covered')
  const before = await answers()
  expect(await refused()).toBe('covered')
  expect(await answers()).toBe(before)

  await page.evaluate(() => (globalThis as unknown as { uncover(): void }).uncover())
  await canBePressed()
})

test('a press in the half second after it came up does not count, and is told apart from a cover', async () => {
  await open(document())
  await stage.show(ready)
  await expect.poll(() => pilotsIn(page)).toEqual([])
  const before = await answers()
  // A page that knows where Answer comes up lures the person to press there again and again.
  await stage.show(noticed)
  const pilot = await stage.pilot(page)
  await pilot.getByRole('button', { name: 'Answer' }).click()
  await expect(pilot.getByRole('alert')).toHaveText('early')
  expect(await answers()).toBe(before)
  await canBePressed()
})

test('opened as a window of its own, under the person’s next press, the pilot is nobody’s', async () => {
  await open(document())
  const refused = (await stage.heard()).refused
  const opening = stage.context.waitForEvent('page')
  await page.evaluate((address) => void window.open(address), await trueAddress())
  const stolen = await opening
  await expect.poll(async () => (await stage.heard()).refused).toBeGreaterThan(refused)
  const before = await answers()
  await stolen.getByRole('button', { name: 'Answer' }).click({ timeout: 3000 })
  await expect(stolen.getByRole('alert')).toHaveText('early')
  expect(await answers()).toBe(before)
  await stolen.close()
  await canBePressed()
})

test('a popover of the page that is opened later does not stay above it', async () => {
  await open(document('', '<div id="menu" popover="manual" style="inset:0;width:100%;height:100%">Menu</div>'))
  await page.evaluate(() => window.document.querySelector<HTMLElement>('#menu')?.showPopover())
  await canBePressed()
})

test('a modal dialog of the page does not disable it, nor does closing it or taking it away', async () => {
  const pilot = await open(document('', '<dialog><p>Are you sure?</p><button>Yes</button></dialog>'))
  await pilot.getByLabel('Notes').fill('kept')
  await page.evaluate(() => window.document.querySelector('dialog')?.showModal())
  await canBePressed()
  await page.evaluate(() => window.document.querySelector('dialog')?.close())
  await expect.poll(() => page.evaluate(() => window.document.querySelector('dialog [role=complementary]'))).toBeNull()
  await canBePressed()
  await expect(pilot.getByLabel('Notes')).toHaveValue('kept')
})

test('Enter answers as a press does', async () => {
  const pilot = await open(document())
  await canBePressed()
  const before = await answers()
  await pilot.getByRole('button', { name: 'Answer' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(answers).toBe(before + 1)
})

test('a page that throws it out gets it back three times; then the desk is told to fall back', async () => {
  await open(document())
  const failed = (await stage.heard()).failed
  for (let time = 1; time <= 3; time++) {
    // The desk has heard from this iframe once the door knows of it; a press shows that.
    await canBePressed()
    const address = (await stage.pilot(page)).url()
    await page.evaluate(() => window.document.querySelector('[role=complementary][popover]')?.remove())
    // With a new nonce: the old address is worth nothing any more.
    await expect.poll(() => pilotsIn(page).map((frame) => frame.url() !== address)).toEqual([true])
  }
  await canBePressed()
  await page.evaluate(() => window.document.querySelector('[role=complementary][popover]')?.remove())
  await expect.poll(async () => (await stage.heard()).failed).toBe(failed + 1)
  expect(pilotsIn(page)).toEqual([])
})

test('the page can neither reach the iframe nor read from it, and keys typed inside stay inside', async () => {
  const pilot = await open(document())
  const nonce = new URL(pilot.url()).searchParams.get('nonce') ?? ''
  const reached = await page.evaluate(() => {
    const keys: string[] = []
    for (const type of ['keydown', 'keypress', 'keyup', 'input', 'beforeinput'])
      window.addEventListener(type, (event) => keys.push(event.type), { capture: true })
    const messages: unknown[] = []
    window.addEventListener('message', ({ data }) => messages.push(data))
    Object.assign(globalThis, { keys, messages })
    const hosts = [...window.document.querySelectorAll('[role=complementary]')]
    return {
      frames: window.length,
      roots: hosts.map((host) => host.shadowRoot),
      text: hosts.map((host) => host.textContent).join(''),
      iframes: window.document.querySelectorAll('iframe').length,
      globals: Object.keys(globalThis).filter((key) => /ringside/i.test(key)),
      extension: typeof (globalThis as unknown as { chrome?: { runtime?: { id?: string } } }).chrome?.runtime?.id,
    }
  })
  expect(reached).toEqual({ frames: 0, roots: [null, null], text: '', iframes: 0, globals: [], extension: 'undefined' })
  // Not from what the browser measures either.
  const measured = await page.evaluate(() => JSON.stringify(performance.getEntries()))
  expect(measured).not.toContain(nonce)
  await pilot.getByLabel('Notes').click()
  await page.keyboard.type('Secret note 123')
  await expect(pilot.getByLabel('Notes')).toHaveValue('Secret note 123')
  expect(await page.evaluate(() => (globalThis as unknown as { keys: string[]; messages: string[] }).keys)).toEqual([])
  expect(await page.evaluate(() => (globalThis as unknown as { messages: unknown[] }).messages)).toEqual([])
  expect(await page.content()).not.toContain('Secret')
})

test('a page that knows the iframe’s address and embeds it again gets an iframe that nobody talks to', async () => {
  await open(document())
  const address = await trueAddress()
  const fixed = `chrome-extension://${stage.extensionId}/pilot.html`
  for (const copied of [address, address.replace(/nonce=.*/, 'nonce=guessed'), address.replace(/\?.*/, '')]) {
    const before = (await stage.heard()).refused
    await embed(copied)
    await expect.poll(async () => (await stage.heard()).refused).toBeGreaterThan(before)
  }
  // The address that anybody can guess does not load at all.
  await embed(fixed)
  await expect.poll(() => page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/')
  await canBePressed()
})

const embed = (address: string) =>
  page.evaluate((src) => {
    const copy = window.document.createElement('iframe')
    copy.src = src
    window.document.body.append(copy)
  }, address)

/** What no page can see: the address of the iframe in the closed root, from DevTools. */
async function trueAddress(): Promise<string> {
  const session = await stage.context.newCDPSession(page)
  await session.send('DOM.enable')
  const { nodes } = await session.send('DOM.getFlattenedDocument', { depth: -1, pierce: true })
  const attributes = nodes.find(({ nodeName }) => nodeName === 'IFRAME')?.attributes ?? []
  await session.detach()
  return attributes[attributes.indexOf('src') + 1] as string
}
