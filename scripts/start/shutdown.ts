/**
 * The one way in which `npm start` ends: Ctrl-C, SIGTERM, a closed terminal, a part that died, or a failed start.
 * What was started is ended in the reverse order, each once; a second Ctrl-C does not wait.
 */
export interface Shutdown {
  /** To be ended later; last in, first out. `kill` is for somebody who is in a hurry. */
  add(end: () => Promise<void> | void, kill?: () => void): void
  /** Ends everything and the process. `why` is printed where there is one, to standard error where `code` is not 0. */
  end(code: number, why?: string): Promise<never>
  /** Whether the end has begun. */
  readonly begun: boolean
}

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

export function createShutdown(): Shutdown {
  const ends: { end: () => Promise<void> | void; kill: () => void }[] = []
  let ending: Promise<never> | undefined

  const endAll = async (code: number, why: string | undefined): Promise<never> => {
    if (why) (code === 0 ? console.log : console.error)(`\n${why}`)
    for (const each of ends.reverse()) {
      try {
        await each.end()
      } catch (error) {
        console.error(error)
      }
    }
    process.exit(code)
  }
  const shutdown: Shutdown = {
    add: (end, kill = () => {}) => void ends.push({ end, kill }),
    end: (code, why) => {
      ending ??= endAll(code, why)
      return ending
    },
    get begun() {
      return ending !== undefined
    },
  }
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      if (!ending) return void shutdown.end(signal === 'SIGINT' ? 0 : code, 'Ending…')
      if (signal !== 'SIGINT') return
      for (const each of ends) each.kill()
      process.exit(code)
    })
  }
  return shutdown
}
