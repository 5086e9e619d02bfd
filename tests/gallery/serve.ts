/** The gallery's server. `node tests/gallery/serve.ts` prints its address. */
import preact from '@preact/preset-vite'
import { createServer, type ViteDevServer } from 'vite'

/** Serves on a free port until `close()`. */
export async function serveGallery(): Promise<{ address: string; close: () => Promise<void> }> {
  const server: ViteDevServer = await createServer({
    root: new URL('../..', import.meta.url).pathname,
    configFile: false,
    logLevel: 'error',
    cacheDir: new URL('../../node_modules/.vite-gallery', import.meta.url).pathname,
    plugins: [preact({ devToolsEnabled: false, reactAliasesEnabled: false, prefreshEnabled: false })],
    server: { port: 0, hmr: false, watch: null },
    optimizeDeps: { entries: ['tests/gallery/main.tsx'] },
  })
  await server.listen()
  const port = (server.httpServer?.address() as { port: number } | null)?.port
  return { address: `http://localhost:${port}/tests/gallery/index.html`, close: () => server.close() }
}

if (import.meta.main) console.log((await serveGallery()).address)
