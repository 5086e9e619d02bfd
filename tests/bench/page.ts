/**
 * What the overlay costs a CRM page on which nothing happens: the same pages of the demo CRM from two origins, one allowed, one not, loaded in
 * turn in one browser; all figures are those of the allowed one above those of the other. CPU is thread time, so a busy machine does not count.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext } from '@playwright/test'
import { startDemoCrm } from '../demo-crm/server.ts'
import { ready } from '../e2e/overlay-stage/snapshots.ts'
import { openStage } from '../e2e/overlay-stage/stage.ts'
import { extensionFolder } from '../kit/chromium.ts'

/** Loads of each page. */
const loads = 15
/** Milliseconds from load until a page is taken for idle: our reading waits 400 for quiet, then for an idle moment. */
const rest = 1500

interface Load {
  cpu: number
  longTasks: number
  shift: number
  /** Elements and script worlds of ours. */
  ours: number
}

export interface PageBench {
  bench: 'page'
  loads: number
  door_gz_bytes: number
  /** Median of the differences of neighbouring loads, milliseconds. */
  cpu_ms_p50: number
  cpu_ms_bare_p50: number
  /** Tasks over 50 ms in the median load, above the bare page's. */
  long_tasks: number
  cls: number
  /** Over all loads of the page that was not allowed. */
  injected_elsewhere: number
}

export async function run(): Promise<PageBench> {
  const [stage, allowed, bare] = await Promise.all([openStage(), startDemoCrm(), startDemoCrm()])
  try {
    await stage.allow(allowed.url)
    await stage.show(ready)
    const withUs: Load[] = []
    const without: Load[] = []
    // One of each first, unmeasured: caches of code and data.
    for (let time = 0; time <= loads; time++) {
      const [one, other] = [await load(stage.context, allowed.url), await load(stage.context, bare.url)]
      if (one.ours === 0) throw new Error('The overlay did not come up on the allowed page: there is nothing to measure.')
      if (time === 0) continue
      withUs.push(one)
      without.push(other)
    }
    const above = (pick: (load: Load) => number) => Math.max(0, median(withUs.map(pick)) - median(without.map(pick)))
    const door = await readFile(path.join(process.env.RINGSIDE_EXTENSION ?? extensionFolder, 'overlay.js'))
    return {
      bench: 'page',
      loads,
      door_gz_bytes: gzipSync(door).length,
      cpu_ms_p50: round(median(withUs.map(({ cpu }, index) => cpu - (without[index]?.cpu ?? 0)))),
      cpu_ms_bare_p50: round(median(without.map(({ cpu }) => cpu))),
      long_tasks: above(({ longTasks }) => longTasks),
      cls: above(({ shift }) => shift),
      injected_elsewhere: without.reduce((sum, { ours }) => sum + ours, 0),
    }
  } finally {
    await Promise.all([stage.close(), allowed.close(), bare.close()])
  }
}

async function load(context: BrowserContext, origin: string): Promise<Load> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let worlds = 0
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.origin.startsWith('chrome-extension://')) worlds++
  })
  await session.send('Runtime.enable')
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.addInitScript(() => {
    const seen = { longTasks: 0, shift: 0 }
    new PerformanceObserver((list) => {
      seen.longTasks += list.getEntries().length
    }).observe({ type: 'longtask', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
    Object.assign(globalThis, { seen })
  })
  await page.goto(`${origin}/contacts/101`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForTimeout(rest)
  const { metrics } = await session.send('Performance.getMetrics')
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: { longTasks: number; shift: number } }).seen)
  const elements = await page.locator('[role=complementary]').count()
  await page.close()
  return { ...seen, cpu: 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0), ours: worlds + elements }
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const round = (ms: number) => Math.round(ms * 100) / 100
