/** How the bootstrap speaks: one line a step, and for a failure what happened and what to do, never a stack. */
import process from 'node:process'

/** A failure that a person can do something about. */
export class Remedy extends Error {
  constructor(message, remedy) {
    super(message)
    this.remedy = remedy
  }
}

export function say(line) {
  process.stderr.write(`· ${line}\n`)
}

/** Prints the failure and lets the process end with exit code 1. */
export function complain(error) {
  process.exitCode = 1
  if (error instanceof Remedy) process.stderr.write(`\n✗ ${error.message}\n  ${error.remedy}\n`)
  else process.stderr.write(`\n✗ ${error?.stack ?? error}\n  This is a mistake in scripts/; please report it.\n`)
}
