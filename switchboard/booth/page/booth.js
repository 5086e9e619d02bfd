/**
 * The phone booth: idle → asking (for the microphone) → dialling → ringing → talking → idle, or trouble.
 * One call is one object with an end; whatever happens after its end is ignored.
 */
import { openMicrophone, playKey, playRinging, watchLevel } from './sound.js'
import { has, language, say } from './words.js'

const KEYS = [...'123456789*0#']
const LETTERS = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ', 0: '+' }
const E164 = /^\+[1-9]\d{4,14}$/

const find = (selector) => document.querySelector(selector)
const booth = find('.booth')
const [to, from, status, time] = [find('#to'), find('#from'), find('#status'), find('#time')]
const [dialButton, hangUpButton] = [find('.dial'), find('.hang-up')]
const speaker = Object.assign(new Audio(), { autoplay: true })

let call

const show = (state, words) => {
  booth.dataset.state = state
  status.textContent = words
  const busy = !['idle', 'trouble'].includes(state)
  dialButton.disabled = busy
  hangUpButton.disabled = !busy
  to.readOnly = from.readOnly = busy
}

const clock = (ms) => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const showLevel = (meter, level) => {
  meter.value = level
  meter.style.setProperty('--level', level.toFixed(3))
}

/** Spaces, dashes and brackets are how people write numbers; 00 is how they dial abroad. */
const clean = (number) => number.replace(/[\s().\-/]/g, '').replace(/^00/, '+')

const whyEnded = ({ status, code, message }) => {
  if (code !== undefined && has(String(code))) return say(String(code))
  return say(has(status) ? status : 'failed', { message })
}

const startCall = async (dialled, caller) => {
  const ending = new AbortController()
  const { signal } = ending
  let answeredAt
  let connection
  const onEnd = (act) => signal.addEventListener('abort', act)

  const end = (state, words) => {
    if (signal.aborted) return
    ending.abort()
    call = undefined
    show(state, answeredAt ? `${words} ${clock(Date.now() - answeredAt)}` : words)
    time.textContent = ''
    to.focus()
  }
  const self = {
    hangUp: () => end('idle', say('hungUp')),
    press: (key) => {
      const sender = connection?.getSenders()[0]?.dtmf
      if (sender?.canInsertDTMF) sender.insertDTMF(sender.toneBuffer + key)
      else self.send?.({ type: 'digit', digit: key })
    },
  }
  call = self
  show('asking', say('asking'))
  hangUpButton.focus()

  const microphone = await openMicrophone().catch((trouble) => end('trouble', say(trouble)))
  if (signal.aborted) {
    for (const track of microphone?.getTracks() ?? []) track.stop()
    return
  }
  onEnd(() => {
    for (const track of microphone.getTracks()) track.stop()
  })
  show('dialling', say('dialling'))

  connection = new RTCPeerConnection()
  onEnd(() => connection.close())
  for (const track of microphone.getTracks()) connection.addTrack(track, microphone)
  const levels = [[find('#you'), watchLevel(microphone)]]
  connection.ontrack = ({ streams }) => {
    speaker.srcObject = streams[0]
    levels.push([find('#them'), watchLevel(streams[0])])
  }
  const meters = setInterval(() => {
    for (const [meter, level] of levels) showLevel(meter, level())
    if (answeredAt) time.textContent = clock(Date.now() - answeredAt)
  }, 60)
  onEnd(() => {
    clearInterval(meters)
    for (const [meter] of levels) showLevel(meter, 0)
    speaker.srcObject = null
  })
  await connection.setLocalDescription()

  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/booth/socket`)
  onEnd(() => {
    if (socket.readyState === WebSocket.OPEN) self.send({ type: 'hang-up' })
    socket.close()
  })
  self.send = (message) => socket.send(JSON.stringify(message))
  let quiet = () => {}
  onEnd(() => quiet())
  socket.onopen = () => self.send({ type: 'dial', from: caller, to: dialled, sdp: connection.localDescription.sdp })
  socket.onclose = () => end('trouble', say('gone'))
  const told = {
    media: ({ sdp }) => connection.setRemoteDescription({ type: 'answer', sdp }),
    ringing: () => {
      if (booth.dataset.state !== 'dialling') return
      show('ringing', say('ringing'))
      quiet = playRinging()
    },
    answered: () => {
      if (answeredAt) return
      quiet()
      answeredAt = Date.now()
      show('talking', say('talking'))
    },
    ended: (why) => end(why.status === 'completed' ? 'idle' : 'trouble', whyEnded(why)),
  }
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    if (!signal.aborted) told[message.type]?.(message)
  }
}

const dial = () => {
  if (call) return
  const [number, caller] = [clean(to.value), clean(from.value)]
  const wrong = !E164.test(number) ? to : caller !== '' && !E164.test(caller) ? from : undefined
  for (const field of [to, from]) field.setAttribute('aria-invalid', String(field === wrong))
  if (wrong) {
    show('trouble', say(wrong === to ? 'noNumber' : 'noFrom'))
    wrong.focus()
    return
  }
  localStorage.setItem('booth.from', from.value)
  startCall(number, caller || 'anonymous')
}

const press = (key, button) => {
  playKey(key)
  button.classList.add('pressed')
  setTimeout(() => button.classList.remove('pressed'), 120)
  if (call) call.press(key)
  else to.value += key
}

for (const key of KEYS) {
  const button = document.createElement('button')
  button.type = 'button'
  button.dataset.key = key
  const letters = document.createElement('small')
  letters.textContent = LETTERS[key] ?? ''
  letters.setAttribute('aria-hidden', 'true')
  button.append(key, letters)
  button.addEventListener('click', () => press(key, button))
  find('.keys').append(button)
}

find('form').addEventListener('submit', (event) => {
  event.preventDefault()
  dial()
})
hangUpButton.addEventListener('click', () => call?.hangUp())
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') return call?.hangUp()
  // In a call, digits on the keyboard are keys of the phone; before one, they are written into the field that has the focus.
  if (call && KEYS.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    press(event.key, find(`[data-key="${event.key}"]`))
  }
})
addEventListener('pagehide', () => call?.hangUp())

document.documentElement.lang = language
document.title = say('title')
for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word)
const asked = new URLSearchParams(location.search)
// A plus that nobody encoded arrives as a space.
const numberIn = (name) => asked.get(name)?.replace(/^ /, '+')
to.value = numberIn('to') ?? ''
from.value = numberIn('from') ?? localStorage.getItem('booth.from') ?? ''
show('idle', say('idle'))
to.focus()
