import { ok, type RestReply, type RestRequest } from './route.ts'

/** One page in the envelope of Twilio's younger interfaces (`meta`); 50 to a page unless asked otherwise. */
export function listMetaPage<T>(request: RestRequest, key: string, all: readonly T[], show: (item: T) => unknown): RestReply {
  const size = Number(request.input.get('PageSize') ?? 50)
  const page = Number(request.input.get('Page') ?? 0)
  const [path = '', query] = request.uri.split('?')
  const urlOf = (number: number) => {
    const search = new URLSearchParams(query)
    search.set('PageSize', String(size))
    search.set('Page', String(number))
    return `${request.room.baseUrl()}${path}?${search}`
  }
  const start = page * size
  return ok({
    [key]: all.slice(start, start + size).map(show),
    meta: {
      key,
      page,
      page_size: size,
      url: urlOf(page),
      first_page_url: urlOf(0),
      next_page_url: start + size < all.length ? urlOf(page + 1) : null,
      previous_page_url: page > 0 ? urlOf(page - 1) : null,
    },
  })
}
