/** A channel of a test's own: a number bought from the switchboard, agents with sign-in links, hours. */
import type { World } from './world.ts'

export interface ChannelOptions {
  /** How many agents, all with a seat. Default 2. */
  agents?: number
  /** `always` (default), or `never`: every call comes after hours. */
  open?: 'always' | 'never'
  /** Seconds. Default 30. */
  ringSeconds?: number
  /** Agents without a Service seat, by place. */
  withoutSeat?: number[]
  /** Who is an admin, by place. */
  admins?: number[]
}

export interface Channel {
  readonly id: string
  readonly name: string
  /** E.164: dial this. */
  readonly number: string
  readonly agents: { id: string; name: string; link: string }[]
  /** One more sign-in link for the nth agent: for a second browser of the same person. */
  newLink(which: number): Promise<string>
}

const names = ['Anna Nowak', 'Ben Carter', 'Celina Wójcik', 'David Kim', 'Ewa Zielińska']
let made = 0

/** Several channels live in one world, so names are numbered. */
export async function makeChannel(world: World, options: ChannelOptions = {}): Promise<Channel> {
  made += 1
  const users = Array.from({ length: options.agents ?? 2 }, (_, place) => ({
    name: `${names[place % names.length]} ${made}.${place + 1}`,
    email: `agent-${made}-${place + 1}@example.com`,
    role: options.admins?.includes(place) ? 'admin' : 'agent',
    seat: !options.withoutSeat?.includes(place),
  }))
  const days = [1, 2, 3, 4, 5, 6, 7]
  const channel = {
    name: `Support ${made}`,
    country: 'US',
    timeZone: 'Europe/Warsaw',
    ringSeconds: options.ringSeconds ?? 30,
    hours: options.open === 'never' ? [] : days.map((weekday) => ({ weekday, from: '00:00', until: '24:00' })),
    greetings: {
      inHours: { text: 'Nobody can answer right now. Please leave a message after the tone.', language: 'en-US' },
      afterHours: { text: 'We are closed. Please leave a message after the tone.', language: 'en-US' },
      closed: { text: 'This number is not in service.', language: 'en-US' },
    },
  }
  // Said again it changes nothing, and gives fresh links.
  const seed = () => world.ask<Omit<Channel, 'newLink'>>('companion', 'POST', '/test/seed', { users, channel })
  return {
    ...(await seed()),
    async newLink(which) {
      const { agents } = await seed()
      return agents[which]?.link ?? ''
    },
  }
}
