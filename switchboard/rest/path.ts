/** Matches `/Calls/:sid.json` against a path; undefined where it does not fit. A `:name` takes no slash. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const names: string[] = []
  const source = pattern.replace(/\.(?=\w+$)/, '\\.').replace(/:(\w+)/g, (_, name: string) => {
    names.push(name)
    return '([^/]+?)'
  })
  const match = new RegExp(`^${source}$`).exec(path)
  if (!match) return undefined
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]))
}
