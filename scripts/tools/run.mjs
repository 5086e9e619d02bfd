import { spawn } from 'node:child_process'

/** Runs a program to its end, quietly. Resolves with its exit code (127: no such program) and the last of what it printed. */
export function run(program, args, env) {
  return new Promise((resolve) => {
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-4000)
    }
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** The lines of a program's output that say why it failed, for a message to a person. */
export function why(output) {
  const lines = output.trim().split('\n')
  const errors = lines.filter((line) => /error|ERR|E:|could not|cannot|failed/i.test(line) && !/complete log/i.test(line))
  return (errors.length > 0 ? errors : lines).slice(0, 4).join('\n  ')
}

/** Whether the output speaks of a network that is not there. */
export function isOffline(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|Temporary failure resolving|network/i.test(output)
}
