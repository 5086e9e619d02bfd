/** What happens to the account outside Ringside, in the provider's console: as its owner would do it, over REST. */
import type { World } from './world.ts'

export interface Account {
  /** E.164 of all numbers, with where each leads. */
  numbers(): Promise<{ sid: string; phone_number: string; voice_url: string }[]>
  /** Somebody changes a number's settings in the console. */
  changeNumber(e164: string, form: Record<string, string>): Promise<void>
  addAddress(country: string, street: string): Promise<void>
}

export async function openAccount(world: World): Promise<Account> {
  const { accountSid, authToken } = await world.ask<{ accountSid: string; authToken: string }>('switchboard', 'GET', '/control/about')
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  async function ask<T>(method: string, path: string, form?: Record<string, string>): Promise<T> {
    const url = `${world.switchboardUrl}/2010-04-01/Accounts/${accountSid}/${path}`
    const reply = await fetch(url, { method, headers: { authorization }, ...(form && { body: new URLSearchParams(form) }) })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const account: Account = {
    async numbers() {
      type Page = { incoming_phone_numbers: Awaited<ReturnType<Account['numbers']>> }
      return (await ask<Page>('GET', 'IncomingPhoneNumbers.json?PageSize=1000')).incoming_phone_numbers
    },
    async changeNumber(e164, form) {
      const number = (await account.numbers()).find(({ phone_number }) => phone_number === e164)
      if (!number) throw new Error(`The account has no ${e164}`)
      await ask('POST', `IncomingPhoneNumbers/${number.sid}.json`, form)
    },
    async addAddress(country, street) {
      const form = { CustomerName: 'Acme', Street: street, City: 'Berlin', Region: 'Berlin', PostalCode: '10115', IsoCountry: country }
      await ask('POST', 'Addresses.json', form)
    },
  }
  return account
}
