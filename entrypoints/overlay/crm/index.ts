/** The CRMs that we know, and how their pages are read (watch.ts says when). */
import type { Crm } from './crm.ts'
import { generic } from './generic.ts'
import { meadow } from './meadow.ts'

const known: Crm[] = [meadow]

export const crmOf = (page: Document): Crm => known.find((crm) => crm.matches(page)) ?? generic
