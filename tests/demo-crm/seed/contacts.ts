import { companies } from './companies.ts'

/** A person in the demo CRM. All of them are made up: 555-01xx in America, 555 01 xx behind an area code in Poland. */
export interface Contact {
  id: number
  firstName: string
  lastName: string
  title: string
  companyId: number
  email: string
  /** E.164. */
  phone: string
  /** E.164. */
  mobile?: string
  stage: 'Lead' | 'Customer' | 'Opportunity' | 'Evangelist'
  owner: string
}

type Row = [first: string, last: string, title: string, companyId: number, phone: string, mobile?: string]

const rows: Row[] = [
  ['Anna', 'Kowalska', 'Head of Operations', 11, '+48585550101', '+48600555101'],
  ['Daniel', 'Okafor', 'Practice Manager', 12, '+13035550101', '+17205550101'],
  ['Katarzyna', 'Wiśniewska', 'Owner', 13, '+48125550101'],
  ['Maya', 'Feldman', 'Store Manager', 14, '+17185550101'],
  ['Piotr', 'Zieliński', 'Chief Technology Officer', 15, '+48225550101', '+48600555105'],
  ['Grace', 'Nakamura', 'Leasing Director', 16, '+13125550101'],
  ['Tomasz', 'Góralczyk', 'Plant Manager', 17, '+48185550101'],
  ['Samuel', 'Brennan', 'Claims Lead', 18, '+16175550101', '+18575550101'],
  ['Magdalena', 'Lis', 'Project Coordinator', 19, '+48715550101'],
  ['Owen', 'Castellano', 'E-commerce Lead', 20, '+15035550101'],
  ['Michał', 'Dąbrowski', 'Fleet Supervisor', 11, '+48585550102'],
  ['Renee', 'Whitaker', 'Billing Specialist', 12, '+13035550102'],
  ['Joanna', 'Mazur', 'Roastery Manager', 13, '+48125550102', '+48600555113'],
  ['Luis', 'Herrera', 'Head Mechanic', 14, '+17185550102'],
  ['Agnieszka', 'Pawlak', 'Product Manager', 15, '+48225550102'],
  ['Theo', 'Lindqvist', 'Property Manager', 16, '+13125550102'],
  ['Barbara', 'Stoch', 'Quality Lead', 17, '+48185550102'],
  ['Priya', 'Raman', 'Underwriter', 18, '+16175550102'],
  ['Krzysztof', 'Wróbel', 'Installation Lead', 19, '+48715550102', '+48600555119'],
  ['Hannah', 'Doyle', 'Customer Care Lead', 20, '+15035550102'],
  ['Ewa', 'Szymańska', 'Customs Specialist', 11, '+48585550103'],
  ['Marcus', 'Bell', 'Dental Surgeon', 12, '+13035550103'],
  ['Paweł', 'Nowicki', 'Barista Trainer', 13, '+48125550103'],
  ['Ines', 'Moreau', 'Buyer', 14, '+17185550103'],
  ['Jakub', 'Kamiński', 'Site Reliability Engineer', 15, '+48225550103'],
  ['Caroline', 'Adeyemi', 'Tenant Relations', 16, '+13125550103', '+17735550103'],
  ['Stanisław', 'Bachleda', 'Maintenance Engineer', 17, '+48185550103'],
  ['Victor', 'Chen', 'Actuary', 18, '+16175550103'],
  ['Natalia', 'Jabłońska', 'Energy Adviser', 19, '+48715550103'],
  ['Rosa', 'Delgado', 'Warehouse Lead', 20, '+15035550103'],
  ['Łukasz', 'Żak', 'Dispatcher', 11, '+48585550104'],
  ['Emily', 'Thornton', 'Front Desk', 12, '+13035550104'],
  ['Zofia', 'Adamczyk', 'Wholesale Manager', 13, '+48125550104'],
  ['Andre', 'Baptiste', 'Workshop Lead', 14, '+17185550104'],
  ['Rafał', 'Ostrowski', 'Security Engineer', 15, '+48225550104'],
  ['Nora', 'Fitzgerald', 'Facilities Lead', 16, '+13125550104'],
  ['Halina', 'Gąsienica', 'Accountant', 17, '+48185550104'],
  ['Jonah', 'Silverman', 'Broker', 18, '+16175550104'],
  ['Marek', 'Sikora', 'Founder', 19, '+48715550104'],
  ['Beatrice', 'Kim', 'Visual Merchandiser', 20, '+15035550104'],
]

const stages = ['Customer', 'Opportunity', 'Customer', 'Lead', 'Customer', 'Evangelist'] as const
const owners = ['Alicja Nowak', 'Ben Carter']

export const contacts: Contact[] = rows.map(([firstName, lastName, title, companyId, phone, mobile], index) => ({
  id: 101 + index,
  firstName,
  lastName,
  title,
  companyId,
  email: `${plain(firstName)}.${plain(lastName)}@${companies.find(({ id }) => id === companyId)?.domain}`,
  phone,
  mobile,
  stage: stages[index % stages.length] ?? 'Lead',
  owner: owners[index % owners.length] ?? '',
}))

/** Letters that an e-mail address can hold: without accents, ł as l. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'l').toLowerCase()
}
