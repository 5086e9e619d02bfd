/**
 * `npm run bench -- <name> [--json]`: measures what DESIGN.md promises. Each bench is a file of tests/bench that exports `run()`, which resolves with its
 * figures as one object, and may export `table(figures)` for people.
 */
import { readdirSync } from 'node:fs'
import { buildExtension } from './start/extension.ts'

interface Bench {
  run(): Promise<Record<string, unknown>>
  table?(figures: Record<string, unknown>): string
}

const folder = new URL('../tests/bench/', import.meta.url)
const names = listNames()
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

if (!name || !names.includes(name)) {
  if (name) console.error(`There is no bench called “${name}”.`)
  console.log(names.length > 0 ? `Benches: ${names.join(', ')}   npm run bench -- <name> [--json]` : 'There are no benches yet.')
  process.exitCode = name ? 1 : 0
} else {
  // What is measured is what stands in the folder now, not what was built last week.
  await buildExtension((line) => console.error(`· ${line}`))
  const bench = (await import(new URL(`${name}.ts`, folder).href)) as Bench
  const figures = await bench.run()
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
  else if (bench.table) console.log(bench.table(figures))
  else console.table(figures)
}

function listNames(): string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    return files.map((entry) => entry.name.replace(/\.ts$/, '')).sort()
  } catch {
    return []
  }
}
