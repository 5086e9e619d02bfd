/** A refusal as Twilio writes it: `{code, message, more_info, status}`. Codes are those of Twilio's error dictionary. */
export class RestError extends Error {
  readonly status: number
  readonly code: number
  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const errorBody = (error: RestError) => ({
  code: error.code,
  message: error.message,
  more_info: `https://www.twilio.com/docs/errors/${error.code}`,
  status: error.status,
})

export const notFound = (path: string) => new RestError(404, 20404, `The requested resource ${path} was not found`)
export const missing = (name: string, code = 21201) => new RestError(400, code, `Missing required parameter ${name}`)
export const invalid = (name: string, value: string, why: string, code = 20001) =>
  new RestError(400, code, `Invalid ${name} "${value}": ${why}`)
