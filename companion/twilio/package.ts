/** The parts of the `twilio` package that build documents and check signatures. Only this file and rest.ts import the package. */
import twilio from 'twilio'

export const { validateRequest } = twilio
export const { VoiceResponse } = twilio.twiml
export const { AccessToken } = twilio.jwt
export const { VoiceGrant } = twilio.jwt.AccessToken
export type VoiceResponse = InstanceType<typeof VoiceResponse>
