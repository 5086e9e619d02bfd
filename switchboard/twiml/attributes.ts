/** What an attribute's value may be. Reading returns the value, or words that say what is wrong with it. */
export type Value = string | number | boolean | string[]

export interface AttributeKind<T extends Value = Value> {
  /** What applies where the document gives none; undefined where Twilio has no default. */
  fallback: T | undefined
  read(text: string): { value: T } | { problem: string }
}

export const flag = (fallback: boolean): AttributeKind<boolean> => ({
  fallback,
  read: (text) => (/^(true|false)$/i.test(text) ? { value: text.toLowerCase() === 'true' } : { problem: 'must be true or false' }),
})

export const whole = (least: number, most: number, fallback?: number): AttributeKind<number> => ({
  fallback,
  read(text) {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) return { problem: `must be a whole number from ${least} to ${most}` }
    return { value }
  },
})

export const oneOf = (choices: readonly string[], fallback?: string): AttributeKind<string> => ({
  fallback,
  read: (text) => (choices.includes(text) ? { value: text } : { problem: `must be one of ${choices.join(', ')}` }),
})

/** Words from a list, separated by spaces. */
export const words = (choices: readonly string[], fallback: string[]): AttributeKind<string[]> => ({
  fallback,
  read(text) {
    const value = text.split(/\s+/).filter((word) => word !== '')
    const wrong = value.find((word) => !choices.includes(word))
    return wrong === undefined ? { value } : { problem: `has "${wrong}"; known are ${choices.join(', ')}` }
  },
})

export const matching = (pattern: RegExp, meaning: string, fallback?: string): AttributeKind<string> => ({
  fallback,
  read: (text) => (pattern.test(text) ? { value: text } : { problem: `must be ${meaning}` }),
})

export const anyText = (fallback?: string): AttributeKind<string> => matching(/^[\s\S]*$/, 'text', fallback)

/** Absolute http(s), or relative to the document's own address. */
export const address = (): AttributeKind<string> => ({
  fallback: undefined,
  read(text) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^https?:\/\//i.test(text)) return { problem: 'must be an http or https address' }
    return URL.canParse(text, 'http://document.invalid/') ? { value: text } : { problem: 'is no address' }
  },
})

export const httpMethod = (): AttributeKind<string> => oneOf(['GET', 'POST'], 'POST')
