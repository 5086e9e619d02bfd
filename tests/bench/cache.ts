/** A desk page with a long past: how soon its list is there, and how quickly it is searched, with 50 000 threads in the browser's own IndexedDB. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { servePages } from '../e2e/overlay-stage/stage.ts'
import { chromiumPath } from '../kit/chromium.ts'
import { percentile, rounded } from '../kit/statistics.ts'
import type { CacheBenchPage } from './cache/entry.ts'

interface CacheBench {
  bench: 'cache'
  threads: number
  first_screen_ms: number
  /** After that, in the background: all, so that they can be searched. */
  all_ms: number
  search_p50_ms: number
  search_p99_ms: number
}

export async function run(): Promise<CacheBench> {
  const site = await servePages({ '/': `<!doctype html><title>Cache</title><script>${await bundled()}</script>` })
  const browser = await chromium.launch({ ...(chromiumPath() ? { executablePath: chromiumPath() as string } : {}), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const run = <T>(work: (bench: CacheBenchPage) => Promise<T>) =>
      page.evaluate<T, string>(
        (text) => new Function('bench', `return (${text})(bench)`)((globalThis as { bench?: unknown }).bench),
        String(work),
      )
    await page.goto(site.origin)
    await run((bench) => bench.fill(50_000))
    // As after a night: nothing of it is in memory.
    await page.reload()
    const { first_ms, all_ms, searches } = await run((bench) => bench.measure(['needle', 'kowalska 7', '600 123', 'nobody at all']))
    return {
      bench: 'cache',
      threads: 50_000,
      first_screen_ms: rounded(first_ms),
      all_ms: rounded(all_ms),
      search_p50_ms: rounded(percentile(searches, 0.5)),
      search_p99_ms: rounded(percentile(searches, 0.99)),
    }
  } finally {
    await browser.close()
    await site.close()
  }
}

async function bundled(): Promise<string> {
  const outDir = path.join(import.meta.dirname, '../../node_modules/.cache-bench')
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      lib: { entry: path.join(import.meta.dirname, 'cache/entry.ts'), formats: ['iife'], name: 'page', fileName: () => 'entry.js' },
    },
  })
  return (await readFile(path.join(outDir, 'entry.js'), 'utf8')).replaceAll('</script', '<\\/script')
}
