/**
 * The countries in which numbers can be bought here. Prefixes and places are real; the numbers are made up from them, the same at every start.
 * Address demands follow the kinds that Twilio has (none, any, local, foreign), not necessarily its list of today.
 */
import type { AddressRequirement } from '../store/records.ts'

export interface Country {
  code: string
  name: string
  dial: string
  requires: AddressRequirement
  /** Whether a regulatory bundle must be named as well. */
  bundle: boolean
  /** Dollars a month; null where Twilio names no price. */
  monthly: string | null
  /** Digits of a national number. */
  digits: number
  places: { prefix: string; locality: string; region: string; postal: string; at: readonly [number, number] }[]
}

export const COUNTRIES: Country[] = [
  {
    code: 'US',
    name: 'United States',
    dial: '1',
    requires: 'none',
    bundle: false,
    monthly: '1.15',
    digits: 10,
    places: [
      { prefix: '415', locality: 'San Francisco', region: 'CA', postal: '94103', at: [37.77, -122.42] },
      { prefix: '212', locality: 'New York', region: 'NY', postal: '10001', at: [40.75, -73.99] },
      { prefix: '312', locality: 'Chicago', region: 'IL', postal: '60601', at: [41.89, -87.62] },
    ],
  },
  {
    code: 'CA',
    name: 'Canada',
    dial: '1',
    requires: 'none',
    bundle: false,
    monthly: '1.15',
    digits: 10,
    places: [
      { prefix: '416', locality: 'Toronto', region: 'ON', postal: 'M5H', at: [43.65, -79.38] },
      { prefix: '514', locality: 'Montreal', region: 'QC', postal: 'H2Y', at: [45.5, -73.55] },
    ],
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    dial: '44',
    requires: 'any',
    bundle: false,
    monthly: '1.15',
    digits: 10,
    places: [
      { prefix: '20', locality: 'London', region: 'England', postal: 'SW1A', at: [51.51, -0.13] },
      { prefix: '131', locality: 'Edinburgh', region: 'Scotland', postal: 'EH1', at: [55.95, -3.19] },
    ],
  },
  {
    code: 'PL',
    name: 'Poland',
    dial: '48',
    requires: 'none',
    bundle: false,
    monthly: '1.00',
    digits: 9,
    places: [
      { prefix: '22', locality: 'Warszawa', region: 'Mazowieckie', postal: '00-001', at: [52.23, 21.01] },
      { prefix: '12', locality: 'Kraków', region: 'Małopolskie', postal: '30-001', at: [50.06, 19.94] },
      { prefix: '71', locality: 'Wrocław', region: 'Dolnośląskie', postal: '50-001', at: [51.11, 17.04] },
    ],
  },
  {
    code: 'DE',
    name: 'Germany',
    dial: '49',
    requires: 'local',
    bundle: true,
    monthly: '1.15',
    digits: 10,
    places: [
      { prefix: '30', locality: 'Berlin', region: 'Berlin', postal: '10115', at: [52.52, 13.4] },
      { prefix: '89', locality: 'München', region: 'Bayern', postal: '80331', at: [48.14, 11.58] },
    ],
  },
  {
    code: 'FR',
    name: 'France',
    dial: '33',
    requires: 'local',
    bundle: true,
    monthly: '1.15',
    digits: 9,
    places: [
      { prefix: '1', locality: 'Paris', region: 'Île-de-France', postal: '75001', at: [48.86, 2.35] },
      { prefix: '4', locality: 'Lyon', region: 'Auvergne-Rhône-Alpes', postal: '69001', at: [45.76, 4.84] },
    ],
  },
  {
    code: 'NL',
    name: 'Netherlands',
    dial: '31',
    requires: 'local',
    bundle: false,
    monthly: '1.50',
    digits: 9,
    places: [{ prefix: '20', locality: 'Amsterdam', region: 'Noord-Holland', postal: '1011', at: [52.37, 4.9] }],
  },
  {
    code: 'SE',
    name: 'Sweden',
    dial: '46',
    requires: 'any',
    bundle: false,
    monthly: '1.50',
    digits: 9,
    places: [{ prefix: '8', locality: 'Stockholm', region: 'Stockholm', postal: '111 20', at: [59.33, 18.07] }],
  },
  {
    code: 'AU',
    name: 'Australia',
    dial: '61',
    requires: 'any',
    bundle: false,
    monthly: '3.00',
    digits: 9,
    places: [{ prefix: '2', locality: 'Sydney', region: 'NSW', postal: '2000', at: [-33.87, 151.21] }],
  },
  {
    code: 'BR',
    name: 'Brazil',
    dial: '55',
    requires: 'foreign',
    bundle: false,
    monthly: null,
    digits: 10,
    places: [{ prefix: '11', locality: 'São Paulo', region: 'SP', postal: '01000', at: [-23.55, -46.63] }],
  },
]
