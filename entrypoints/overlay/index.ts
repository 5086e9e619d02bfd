/**
 * The door: what Ringside puts into a CRM page, and only on sites that the agent allowed (background/sites.ts registers it there at run time).
 * A small tab at the page's edge, a reader of the open record, and, only while a call or the notes panel needs it, an iframe of the extension.
 * It is a plain script, not one of WXT's content scripts: their wrapper talks through the page's window and brings the polyfill along
 * (docs/decisions/0003-overlay.md). Nothing here may import more than a few lines: every allowed page carries it.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { openDoor } from './door.ts'

export default defineUnlistedScript(openDoor)
