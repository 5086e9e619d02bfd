/** The iframe of the overlay's tests: a secret, a dangerous button under the real guard, a field, the real line for its box. */
import { createGuard } from '../../../entrypoints/pilot/guard.ts'
import { browser } from '../../../utils/browser.ts'
import { dragBy, keepFitted, openFrame } from '../../../utils/frame.ts'

const frame = openFrame()
const guard = createGuard({ raise: frame.raise })
const port = browser.runtime.connect({ name: 'view:pilot' })

const main = document.createElement('main')
const head = document.createElement('h1')
const answer = document.createElement('button')
const field = document.createElement('textarea')
const refused = document.createElement('p')
head.textContent = 'Secret Caller'
answer.textContent = 'Answer'
field.ariaLabel = 'Notes'
refused.role = 'alert'
document.documentElement.style.background = '#fff'
document.body.style.margin = '0'
main.style.cssText = 'height:180px;padding:8px;box-sizing:border-box;overflow:hidden'
main.append(head, answer, field, refused)
document.body.append(main)
document.title = 'Pilot'

const callId = '00000000-0000-4000-8000-000000000001'
answer.addEventListener('click', (event) => {
  const refusal = guard.refuses(event)
  if (refusal === null) port.postMessage({ id: crypto.randomUUID(), command: { type: 'answer', callId } })
  else refused.textContent = refusal
})
keepFitted(frame, main)
dragBy(frame, head)
