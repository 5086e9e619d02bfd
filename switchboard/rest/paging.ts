import { type ParameterTable, readParameters } from './parameters.ts'
import { ok, type RestReply, type RestRequest } from './route.ts'

const PAGING: ParameterTable['takes'] = { PageSize: { range: [1, 1000] }, Page: { range: [0, 1_000_000] }, PageToken: 'text' }

/** Reads a list's filters together with the paging parameters. */
export const readFilters = (request: RestRequest, takes: ParameterTable['takes'] = {}) =>
  readParameters(request.input, { takes: { ...takes, ...PAGING } })

/** One page in Twilio's envelope; 50 to a page unless asked otherwise. */
export function listPage<T>(request: RestRequest, key: string, all: readonly T[], show: (item: T) => unknown): RestReply {
  const size = Number(request.input.get('PageSize') ?? 50)
  const page = Number(request.input.get('Page') ?? 0)
  const start = page * size
  const shown = all.slice(start, start + size)
  const uriOf = (number: number) => {
    const [path = '', query] = request.uri.split('?')
    const search = new URLSearchParams(query)
    search.set('PageSize', String(size))
    search.set('Page', String(number))
    if (number > 0) search.set('PageToken', `PA${number}`)
    else search.delete('PageToken')
    return `${path}?${search}`
  }
  return ok({
    [key]: shown.map(show),
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: request.uri,
    first_page_uri: uriOf(0),
    next_page_uri: start + size < all.length ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  })
}
