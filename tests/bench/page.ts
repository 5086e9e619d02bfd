/**
 * What the overlay costs a CRM page on which nothing happens: the same page of the demo CRM from two origins, one allowed, one not, loaded in
 * turn in one browser; all figures are those of the allowed one above those of the other. CPU is thread time, so that waiting on a busy machine
 * does not count. Playwright prepares the profile but does not drive: its own scripts in every world of a page would be counted as ours.
 */
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext } from '@playwright/test'
import { startDemoCrm } from '../demo-crm/server.ts'
import { ready } from '../e2e/overlay-stage/snapshots.ts'
import { openStage } from '../e2e/overlay-stage/stage.ts'
import { type DevTools, openDevTools } from '../kit/cdp.ts'
import { chromiumPath, extensionFolder } from '../kit/chromium.ts'
import { until } from '../kit/process.ts'

/** Tabs opened for each page: the difference is a few percent of a load, and loads differ by more. */
const loads = 17
/** Milliseconds from navigation until a page is taken for idle. Nobody touches it, so it is not read (crm/watch.ts). */
const rest = 1000
/** Records opened in a tab one after the other. The first is in a process that never ran a script of ours; the others are what an agent does all day. */
const records = [101, 102, 103, 104]

interface Load {
  /** Milliseconds, one for each of `records`. */
  cpu: number[]
  longTasks: number
  shift: number
  /** Elements of ours in the page. */
  ours: number
}

export interface PageBench {
  bench: 'page'
  loads: number
  door_gz_bytes: number
  /** Median of the differences of neighbouring loads, milliseconds, over all loads: one first for three that follow in the same tab. */
  cpu_ms_p50: number
  /** Of the first loads alone. */
  cpu_ms_first_p50: number
  cpu_ms_bare_p50: number
  /** Tasks over 50 ms in the median load, above the bare page's. */
  long_tasks: number
  cls: number
  /** Elements and script worlds of ours, over all loads of the page that was not allowed. */
  injected_elsewhere: number
}

export async function run(): Promise<PageBench> {
  const [stage, allowed, bare] = await Promise.all([openStage(), startDemoCrm(), startDemoCrm()])
  try {
    await stage.allow(allowed.url)
    if ((await ourWorlds(stage.context, allowed.url)) === 0)
      throw new Error('Our script did not run on the allowed page: there is nothing to measure.')
    const worlds = await ourWorlds(stage.context, bare.url)
    await stage.context.close()
    const { withUs, without } = await inOwnBrowser(stage, async (devtools) => {
      await showReady(devtools)
      const withUs: Load[] = []
      const without: Load[] = []
      // One of each first, unmeasured: caches of code and data.
      for (let time = 0; time <= loads; time++) {
        // Each goes first as often as the other.
        const before = time % 2 ? await load(devtools, bare.url) : null
        const ours = await load(devtools, allowed.url)
        const other = before ?? (await load(devtools, bare.url))
        if (ours.ours === 0) throw new Error('The overlay did not come up on the allowed page: there is nothing to measure.')
        if (time === 0) continue
        withUs.push(ours)
        without.push(other)
      }
      return { withUs, without }
    })
    const above = withUs.map(({ cpu }, tab) => cpu.map((ms, record) => ms - (without[tab]?.cpu[record] ?? 0)))
    const more = (pick: (load: Load) => number) => Math.max(0, median(withUs.map(pick)) - median(without.map(pick)))
    const door = await readFile(path.join(process.env.RINGSIDE_EXTENSION ?? extensionFolder, 'overlay.js'))
    return {
      bench: 'page',
      loads,
      door_gz_bytes: gzipSync(door).length,
      cpu_ms_p50: round(median(above.flat())),
      cpu_ms_first_p50: round(median(above.map(([first]) => first ?? 0))),
      cpu_ms_bare_p50: round(median(without.flatMap(({ cpu }) => cpu))),
      long_tasks: more(({ longTasks }) => longTasks),
      cls: more(({ shift }) => shift),
      injected_elsewhere: worlds + without.reduce((sum, { ours }) => sum + ours, 0),
    }
  } finally {
    await Promise.all([stage.close(), allowed.close(), bare.close()])
  }
}

async function inOwnBrowser<T>(
  { profile, args }: { profile: string; args: string[] },
  work: (devtools: DevTools) => Promise<T>,
): Promise<T> {
  await rm(path.join(profile, 'DevToolsActivePort'), { force: true })
  const browser = spawn(chromiumPath() ?? 'chromium', [...args, `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore' })
  const gone = new Promise((resolve) => browser.once('exit', resolve))
  try {
    const devtools = await openDevTools(profile)
    return await work(devtools).finally(() => devtools.send('Browser.close').catch(() => {}))
  } finally {
    const hard = setTimeout(() => browser.kill('SIGKILL'), 5000)
    await gone
    clearTimeout(hard)
  }
}

async function showReady(devtools: DevTools): Promise<void> {
  await until(async () => {
    const worker = (await devtools.targets()).find(({ url }) => url.endsWith('/background.js'))
    // A worker is there a moment before its script has run.
    const shown = worker && devtools.evaluate(worker.targetId, `stage.show(${JSON.stringify(ready)}).then(() => true)`)
    return shown?.catch(() => false)
  })
}

/** Asked once the page is at rest: watching from the start would itself cost the page something. */
const asked = `new Promise((resolve) => {
  const seen = { longTasks: 0, shift: 0, ours: document.querySelectorAll('[role=complementary]').length }
  new PerformanceObserver((list) => { seen.longTasks += list.getEntries().length }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) seen.shift += value }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => resolve(seen), 100)
})`

async function load(devtools: DevTools, origin: string): Promise<Load> {
  const { targetId } = (await devtools.send('Target.createTarget', { url: 'about:blank' })) as { targetId: string }
  const cpu = await devtools.attached(targetId, async (session) => {
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' }, session)
    const spent: number[] = []
    for (const record of records) {
      await devtools.send('Page.navigate', { url: `${origin}/contacts/${record}` }, session)
      await new Promise((resolve) => setTimeout(resolve, rest))
      // Counted from the navigation on.
      const { metrics } = (await devtools.send('Performance.getMetrics', {}, session)) as { metrics: { name: string; value: number }[] }
      spent.push(1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0))
    }
    return spent
  })
  const seen = (await devtools.evaluate(targetId, asked)) as Omit<Load, 'cpu'>
  await devtools.send('Target.closeTarget', { targetId })
  return { ...seen, cpu }
}

/** Script worlds of ours in a page: none where the site was not allowed. */
async function ourWorlds(context: BrowserContext, origin: string): Promise<number> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let worlds = 0
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension://')) worlds++
  })
  await session.send('Runtime.enable')
  await page.goto(`${origin}/contacts`)
  await page.waitForTimeout(rest)
  await page.close()
  return worlds
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const round = (ms: number) => Math.round(ms * 100) / 100
