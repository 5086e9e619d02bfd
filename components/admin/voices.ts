/** Languages and voices in which Twilio reads a text to callers: Amazon Polly's standard ones, as TwiML's `<Say>` names them. */
export const voices: Record<string, string[]> = {
  'da-DK': ['Naja', 'Mads'],
  'de-DE': ['Marlene', 'Vicki', 'Hans'],
  'en-GB': ['Amy', 'Emma', 'Brian'],
  'en-US': ['Joanna', 'Kendra', 'Matthew'],
  'es-ES': ['Conchita', 'Lucia', 'Enrique'],
  'fr-FR': ['Celine', 'Lea', 'Mathieu'],
  'it-IT': ['Carla', 'Bianca', 'Giorgio'],
  'nb-NO': ['Liv'],
  'nl-NL': ['Lotte', 'Ruben'],
  'pl-PL': ['Ewa', 'Maja', 'Jacek', 'Jan'],
  'pt-BR': ['Vitoria', 'Camila', 'Ricardo'],
  'sv-SE': ['Astrid'],
}
