/** All records, read once from the server; a real CRM would page. */
export const data = { companies: [], contacts: [], tickets: [], activities: [] }

export async function load() {
  await Promise.all(
    Object.keys(data).map(async (name) => {
      data[name] = await (await fetch(`/api/${name}`)).json()
    }),
  )
}

export const contactOf = (id) => data.contacts.find((contact) => contact.id === id)
export const companyOf = (id) => data.companies.find((company) => company.id === id)
export const ticketOf = (id) => data.tickets.find((ticket) => ticket.id === id)
export const nameOf = (contact) => `${contact.firstName} ${contact.lastName}`
