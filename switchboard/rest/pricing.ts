/** What numbers cost, as https://pricing.twilio.com/v1 says it: a month, in dollars. The figures are made up, of Twilio's order of magnitude. */
import { countryOf } from './available-numbers.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { listMetaPage } from './meta-page.ts'
import { readFilters } from './paging.ts'
import { ok, type RestRoute } from './route.ts'

const BASE = '/v1/PhoneNumbers/Countries'

export const PRICING_ROUTES: RestRoute[] = [
  {
    method: 'GET',
    path: BASE,
    handle(request) {
      readFilters(request)
      return listMetaPage(request, 'countries', COUNTRIES, showCountry)
    },
  },
  {
    method: 'GET',
    path: `${BASE}/:country`,
    handle(request) {
      const country = countryOf(request.params.country, request.uri)
      const prices = [{ number_type: 'local', base_price: country.monthly, current_price: country.monthly }]
      return ok({ ...showCountry(country), phone_number_prices: country.monthly === null ? [] : prices, price_unit: 'USD' })
    },
  },
]

const showCountry = (country: Country) => ({
  country: country.name,
  iso_country: country.code,
  url: `https://pricing.twilio.com${BASE}/${country.code}`,
})
