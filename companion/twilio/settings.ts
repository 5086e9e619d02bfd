/** What the companion knows of its Twilio account. From the environment (config.ts); none of it is ever logged. */
export interface TwilioSettings {
  accountSid: string
  /** Signs webhooks. */
  authToken: string
  /** For REST and for the browsers' access tokens. */
  apiKeySid: string
  apiKeySecret: string
  /** The TwiML App whose voice URL is our `join` webhook. */
  twimlAppSid: string
  /** `https://api.twilio.com`, or the switchboard's address. Without a slash at the end. */
  apiUrl: string
  /** Where browsers connect instead of Twilio's own edge, host:port; null at real Twilio. */
  voiceEdge: string | null
  /** Our address as Twilio sees it, without a slash at the end: the one that it signs. */
  publicUrl: string
  /** Answers with the TwiML of its `Twiml` parameter while the companion is down, such as Twilio's echo Twimlet. Null: no fallback. */
  fallbackVoiceUrl: string | null
}
