import { contacts } from './contacts.ts'

/** One line of a contact's timeline. */
export interface Activity {
  contactId: number
  kind: 'note' | 'email' | 'call' | 'meeting' | 'task'
  title: string
  text: string
  by: string
  /** Hours before now. */
  hoursAgo: number
}

type Template = Pick<Activity, 'kind' | 'title' | 'text' | 'hoursAgo'>

const templates: Template[] = [
  {
    kind: 'email',
    title: 'Re: onboarding next week',
    text: 'Thursday at ten works for us. Could you send the agenda beforehand, and who will join from your side?',
    hoursAgo: 5,
  },
  {
    kind: 'note',
    title: 'Prefers the phone',
    text: 'Answers e-mail once a day. Best reached before lunch. Asked us not to call on Fridays.',
    hoursAgo: 29,
  },
  {
    kind: 'call',
    title: 'Call · 6 min',
    text: 'Went through the open questions on the renewal. Will come back after talking to finance.',
    hoursAgo: 52,
  },
  {
    kind: 'meeting',
    title: 'Quarterly review',
    text: 'Usage is up by a third. Two seats are unused; agreed to look again in the spring.',
    hoursAgo: 170,
  },
  { kind: 'task', title: 'Send the updated price list', text: 'Done. Sent with the note on volume discounts.', hoursAgo: 220 },
  {
    kind: 'email',
    title: 'Welcome aboard',
    text: 'Thank you for choosing us. Here is what happens in the first two weeks, and whom to ask.',
    hoursAgo: 700,
  },
]

/** Five lines for each contact, a different five for the next one. */
export const activities: Activity[] = contacts.flatMap((contact, index) =>
  templates
    .filter((_, position) => (position + index) % templates.length !== 0)
    .map((template) => ({ ...template, contactId: contact.id, by: contact.owner, hoursAgo: template.hoursAgo + (index % 7) * 3 })),
)
