import { expect, it } from 'vitest'
import { effectiveTicket } from '../../companion/channels/ticket.ts'

const BOSS = '0b0f7f3e-6f5e-4c57-9a52-6f6c2d3f6f10'
const ANNA = '5a4d9a5b-0f6d-4a0e-8d0e-0d9b1c6c7a11'

it.each<[string, Parameters<typeof effectiveTicket>, object]>([
  ['nothing set: whoever answered', [{}, {}, { answerer: ANNA }], { pipeline: null, owner: ANNA, properties: [] }],
  ['nothing set, missed: nobody', [{}, {}, { answerer: null }], { owner: null }],
  [
    'the desk’s where the channel has none',
    [{ status: null }, { status: 'New', priority: 'low' }, { answerer: null }],
    { status: 'New', priority: 'low' },
  ],
  [
    'the channel’s over the desk’s, each',
    [
      { pipeline: 'Own', status: 'Own', priority: 'high', category: 'Own', source: 'Own' },
      { pipeline: 'Desk', status: 'Desk', priority: 'low', category: 'Desk', source: 'Desk' },
      { answerer: null },
    ],
    { pipeline: 'Own', status: 'Own', priority: 'high', category: 'Own', source: 'Own' },
  ],
  ['nobody, though somebody answered', [{ owner: 'nobody' }, { owner: BOSS }, { answerer: ANNA }], { owner: null }],
  ['always the same one, also of a missed call', [{}, { owner: BOSS }, { answerer: null }], { owner: BOSS }],
  ['the channel says answerer over the desk’s user', [{ owner: 'answerer' }, { owner: BOSS }, { answerer: ANNA }], { owner: ANNA }],
  [
    'free properties by name',
    [
      { properties: [{ name: 'tier', value: 'gold' }] },
      {
        properties: [
          { name: 'tier', value: 'desk' },
          { name: 'site', value: 'x' },
        ],
      },
      { answerer: null },
    ],
    {
      properties: [
        { name: 'tier', value: 'gold' },
        { name: 'site', value: 'x' },
      ],
    },
  ],
])('%s', (_words, asked, expected) => expect(effectiveTicket(...asked)).toMatchObject(expected))
