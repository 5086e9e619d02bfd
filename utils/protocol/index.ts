/**
 * The contract between the extension and the companion: the only code that both sides share. Schemas and types, no DOM, no Node.
 * Every route is a row of `routes`, every event a member of `Event`, every error a row of `errors`. Changing any of these in a way that
 * an older side would misread means raising PROTOCOL_VERSION; two sides of different versions refuse each other in words.
 */
import { z } from 'zod'

// Zod otherwise compiles its checks with `new Function`, which the extension's CSP (script-src 'self') reports as an attack.
z.config({ jitless: true })

export * from './admin.ts'
export * from './admin-routes.ts'
export * from './calls.ts'
export * from './channels.ts'
export * from './errors.ts'
export * from './feed.ts'
export * from './limits.ts'
export * from './people.ts'
export * from './primitives.ts'
export * from './routes.ts'
export * from './threads.ts'
export * from './version.ts'
