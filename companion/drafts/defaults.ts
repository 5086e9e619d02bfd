import type { ChannelSettings, Greeting, Language } from '../../utils/protocol/index.ts'
import { fillTicket } from '../channels/ticket.ts'

const WEEKDAYS = [1, 2, 3, 4, 5]

/** What a new wizard is filled with, in the admin's language. Names of voices are Amazon Polly's, as Twilio spells them. */
export function defaultSettings(language: Language): ChannelSettings {
  return {
    name: words[language].name,
    hours: {
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ranges: WEEKDAYS.map((weekday) => ({ weekday, from: '09:00', until: '17:00' })),
      specialDays: [],
    },
    userIds: [],
    teamIds: [],
    ringSeconds: 30,
    greetings: {
      inHours: greeting(language, words[language].inHours),
      afterHours: greeting(language, words[language].afterHours),
      closed: greeting(language, words[language].closed),
    },
    ticket: fillTicket({}),
  }
}

const voices = { en: { language: 'en-US', voice: 'Polly.Joanna' }, pl: { language: 'pl-PL', voice: 'Polly.Ewa' } } as const

const greeting = (language: Language, text: string): Greeting => ({ text, ...voices[language], uploadId: null })

const words: Record<Language, { name: string; inHours: string; afterHours: string; closed: string }> = {
  en: {
    name: 'New channel',
    inHours: 'Nobody can take your call right now. Please leave a message after the tone.',
    afterHours: 'We are closed at the moment. Please leave a message after the tone.',
    closed: 'This number is not in service at the moment.',
  },
  pl: {
    name: 'Nowy kanał',
    inHours: 'Nikt nie może teraz odebrać. Prosimy zostawić wiadomość po sygnale.',
    afterHours: 'W tej chwili jest zamknięte. Prosimy zostawić wiadomość po sygnale.',
    closed: 'Ten numer jest chwilowo nieczynny.',
  },
}
