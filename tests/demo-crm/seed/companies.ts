/** A company that contacts work for. All of them are made up. */
export interface Company {
  id: number
  name: string
  domain: string
  industry: string
  city: string
  country: 'PL' | 'US'
  employees: number
  /** E.164. */
  phone: string
}

type Row = [
  id: number,
  name: string,
  domain: string,
  industry: string,
  city: string,
  country: 'PL' | 'US',
  employees: number,
  phone: string,
]

const rows: Row[] = [
  [11, 'Bałtyk Logistyka', 'baltyk-logistyka.example', 'Logistics', 'Gdynia', 'PL', 340, '+48585550110'],
  [12, 'Copper Ridge Dental', 'copperridge.example', 'Healthcare', 'Denver', 'US', 85, '+13035550112'],
  [13, 'Jasna Kawa', 'jasnakawa.example', 'Food and drink', 'Kraków', 'PL', 62, '+48125550113'],
  [14, 'Fulton Street Cycles', 'fultoncycles.example', 'Retail', 'Brooklyn', 'US', 41, '+17185550114'],
  [15, 'Wierzba Software', 'wierzba.example', 'Software', 'Warszawa', 'PL', 210, '+48225550115'],
  [16, 'Lakeview Property Group', 'lakeviewproperty.example', 'Real estate', 'Chicago', 'US', 130, '+13125550116'],
  [17, 'Młyn Górski', 'mlyn-gorski.example', 'Manufacturing', 'Nowy Targ', 'PL', 95, '+48185550117'],
  [18, 'Saltmarsh Insurance', 'saltmarsh.example', 'Insurance', 'Boston', 'US', 480, '+16175550118'],
  [19, 'Zielony Dom', 'zielonydom.example', 'Energy', 'Wrocław', 'PL', 150, '+48715550119'],
  [20, 'Pinecone Outfitters', 'pinecone.example', 'Retail', 'Portland', 'US', 77, '+15035550120'],
]

export const companies: Company[] = rows.map(([id, name, domain, industry, city, country, employees, phone]) => ({
  id,
  name,
  domain,
  industry,
  city,
  country,
  employees,
  phone,
}))
