/** Serves the phone booth's page: plain files, read when they are asked for. */
import { readFile } from 'node:fs/promises'
import type { Route } from '../callers/route.ts'

const FILES: Record<string, { file: string; type: string }> = {
  '/booth': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/booth/booth.css': { file: 'booth.css', type: 'text/css; charset=utf-8' },
  '/booth/booth.js': { file: 'booth.js', type: 'text/javascript; charset=utf-8' },
  '/booth/sound.js': { file: 'sound.js', type: 'text/javascript; charset=utf-8' },
  '/booth/words.js': { file: 'words.js', type: 'text/javascript; charset=utf-8' },
}

export const boothPage = (): Route[] =>
  Object.entries(FILES).map(([path, { file, type }]) => ({
    method: 'GET',
    path,
    handle: async () => ({ status: 200, bytes: await readFile(new URL(`./page/${file}`, import.meta.url)), type }),
  }))
