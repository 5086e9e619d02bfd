/** A support ticket of the demo CRM. */
export interface Ticket {
  id: number
  subject: string
  contactId: number
  status: 'New' | 'Waiting on contact' | 'Waiting on us' | 'Closed'
  priority: 'Low' | 'Medium' | 'High'
  /** Days before today. */
  openedDaysAgo: number
  description: string
}

type Row = [subject: string, contactId: number, status: Ticket['status'], priority: Ticket['priority'], days: number, description: string]

const rows: Row[] = [
  [
    'Pallets held at customs since Tuesday',
    101,
    'Waiting on us',
    'High',
    2,
    'Two lorries wait at the terminal. The paperwork was sent on Monday; the reference on our side does not match.',
  ],
  [
    'Appointment reminders go out twice',
    102,
    'New',
    'Medium',
    0,
    'Patients receive the text message twice, ten minutes apart, since the last update.',
  ],
  [
    'Invoice 2087 shows the old address',
    103,
    'Waiting on contact',
    'Low',
    6,
    'The roastery moved in March. Needs a corrected invoice for the tax office.',
  ],
  [
    'Point of sale loses connection at noon',
    104,
    'Waiting on us',
    'High',
    1,
    'Every day between 12:00 and 12:20 the terminal says “no host”. Queue reaches the door.',
  ],
  [
    'Webhook retries arrive out of order',
    105,
    'New',
    'Medium',
    0,
    'Would like a sequence number in the payload, or a documented way to sort them.',
  ],
  ['Lease renewal documents missing a page', 106, 'Closed', 'Low', 14, 'Page 7 of the renewal pack was blank. Sent again and confirmed.'],
  [
    'Conveyor sensor reports false stops',
    107,
    'Waiting on us',
    'High',
    3,
    'About four false stops a shift on line 2. Logs attached by the plant.',
  ],
  ['Wants a call back about claim 5518', 108, 'New', 'High', 0, 'Left a message yesterday; the adjuster needs the photos before Friday.'],
  [
    'Panel installation moved to June',
    109,
    'Waiting on contact',
    'Medium',
    5,
    'Customer asks whether the subsidy deadline still holds with the new date.',
  ],
  ['Discount code rejected at checkout', 110, 'Closed', 'Medium', 9, 'Code SPRING20 was limited to one region by mistake.'],
  ['Driver app logs out overnight', 111, 'New', 'Low', 1, 'Drivers sign in again each morning. Started with version 4.2.'],
  ['Second location on one account', 113, 'Waiting on contact', 'Low', 11, 'Opening in Podgórze; wants both tills in one report.'],
  ['Single sign-on for contractors', 115, 'Waiting on us', 'Medium', 4, 'Forty contractors without company e-mail. Asks what is possible.'],
  ['Elevator notice not sent to tenants', 116, 'Closed', 'Medium', 17, 'Notice was drafted but never scheduled.'],
  ['Premium differs from the quote', 118, 'Waiting on us', 'High', 2, 'Quote said 1,240; first invoice says 1,420.'],
  ['Return label will not print', 120, 'New', 'Low', 0, 'The label opens as an empty page in the browser.'],
]

export const tickets: Ticket[] = rows.map(([subject, contactId, status, priority, openedDaysAgo, description], index) => ({
  id: 2001 + index,
  subject,
  contactId,
  status,
  priority,
  openedDaysAgo,
  description,
}))
