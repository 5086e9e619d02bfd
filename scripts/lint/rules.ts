/**
 * Who may import whom, and which words may not be written: ARCHITECTURE's table, as data.
 * Checked over the real import graph (`imports.ts`) and the real text (`words.ts`) by `npm run lint`.
 * Biome's noRestrictedImports cannot say this: it sees the text of an import, not the file that it leads to.
 */

/** What a folder may import. The longest folder that holds a file decides; a file in no folder here may import anything. */
export interface FolderRule {
  folder: string
  /** Folders (or files) of ours. `own` is the first folder below `folder`, such as entrypoints/pilot. */
  ours: string[]
  /** Packages by name, `node:` for Node's own; `any` for all. */
  packages: string[] | 'any'
}

const view = ['preact', '@preact/signals', 'lucide']
const extension = [...view, 'wxt', 'idb', 'zod', 'luxon', 'libphonenumber-js', 'webextension-polyfill', '@twilio/voice-sdk']

export const folderRules: FolderRule[] = [
  { folder: 'utils/protocol', ours: ['utils/protocol'], packages: ['zod'] },
  { folder: 'utils', ours: ['utils'], packages: extension },
  { folder: 'components', ours: ['components', 'utils'], packages: view },
  { folder: 'background', ours: ['background', 'utils'], packages: extension },
  { folder: 'entrypoints', ours: ['own', 'components', 'utils'], packages: extension },
  { folder: 'entrypoints/background.ts', ours: ['background/start.ts'], packages: ['wxt'] },
  { folder: 'companion/routing', ours: ['companion/routing', 'utils/protocol'], packages: ['luxon'] },
  { folder: 'companion', ours: ['companion', 'utils/protocol', 'package.json'], packages: 'any' },
  { folder: 'switchboard', ours: ['switchboard'], packages: 'any' },
  { folder: 'switchboard/booth/page', ours: ['switchboard/booth/page'], packages: [] },
  { folder: 'tests/demo-crm', ours: ['tests/demo-crm'], packages: ['node:'] },
  { folder: 'tests/demo-crm/app', ours: ['tests/demo-crm/app'], packages: [] },
]

/** A foreign thing that few files know. */
export interface ForeignRule {
  packages: string[]
  /** Files or folders that may import it. */
  only: string[]
  /** How many files at most. */
  files?: number
  because: string
}

export const foreignRules: ForeignRule[] = [
  { packages: ['@twilio/voice-sdk'], only: ['entrypoints/voice'], files: 1, because: 'one file knows the Voice SDK' },
  { packages: ['twilio'], only: ['companion/twilio'], files: 2, because: 'Twilio’s REST and its signature have one file each' },
  { packages: ['pg', '@electric-sql/pglite'], only: ['companion/store'], because: 'the database is opened in one place' },
  { packages: ['kysely'], only: ['companion'], because: 'only the companion has tables' },
  { packages: ['webextension-polyfill', 'wxt/browser'], only: ['utils/browser.ts'], because: '`browser` comes from utils/browser.ts' },
  { packages: ['fastify', 'ws'], only: ['companion', 'switchboard'], because: 'only servers serve' },
  { packages: ['werift'], only: ['switchboard'], because: 'only the switchboard carries media' },
]

/** These may import anything: they test or start all of it. */
export const freeFolders = ['tests', 'scripts']

/** Text that may not stand in code (comments and prose do not count). */
export interface WordRule {
  pattern: RegExp
  folders: string[]
  because: string
}

const extensionFolders = ['entrypoints', 'components', 'background', 'utils', 'wxt.config.ts']

export const wordRules: WordRule[] = [
  {
    pattern: /\b(innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|createContextualFragment)\b|\bdocument\.write\b/,
    folders: [...extensionFolders, 'switchboard/booth', 'tests/demo-crm'],
    because: 'names and notes are text; HTML from a string is how they become code',
  },
  {
    pattern: /\b(window|parent|top|opener|contentWindow|globalThis)\??\.postMessage\b/,
    folders: extensionFolders,
    because: 'it hands the page a WindowProxy; use runtime messages',
  },
  {
    pattern: /<all_urls>|\*:\/\/\*\/\*/,
    folders: ['entrypoints', 'background', 'wxt.config.ts'],
    because: 'only sites that the agent allowed',
  },
  { pattern: /\beval\(|\bnew Function\(/, folders: [...extensionFolders, 'companion', 'switchboard'], because: 'text never becomes code' },
]
