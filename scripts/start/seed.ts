/** Who works in the demo: an admin, two agents, and one channel with a number bought from the switchboard. In the shape of `companion/main.ts seed`. */
export const seed = {
  users: [
    { name: 'Alicja Nowak', email: 'alicja@meadow.example', role: 'agent', seat: true },
    { name: 'Ben Carter', email: 'ben@meadow.example', role: 'agent', seat: true },
    { name: 'Dorota Wilk', email: 'dorota@meadow.example', role: 'admin', seat: false },
  ],
  channel: {
    name: 'Customer care',
    country: 'US',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Europe/Warsaw',
    ringSeconds: 30,
    hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', until: '24:00' })),
    greetings: {
      inHours: {
        text: 'Thank you for calling Meadow. Nobody can answer right now. Please leave a message after the tone.',
        language: 'en-US',
      },
      afterHours: {
        text: 'Thank you for calling Meadow. We are closed at the moment. Please leave a message after the tone.',
        language: 'en-US',
      },
      closed: { text: 'This number is not in service. Goodbye.', language: 'en-US' },
    },
  },
}
