/** The microphone, the levels, and the sounds that the phone itself makes. */
const KEY_TONES = { 1: [697, 1209], 2: [697, 1336], 3: [697, 1477], 4: [770, 1209], 5: [770, 1336], 6: [770, 1477] }
Object.assign(KEY_TONES, { 7: [852, 1209], 8: [852, 1336], 9: [852, 1477], '*': [941, 1209], 0: [941, 1336], '#': [941, 1477] })

/** Below this a meter stands at nothing. */
const QUIET_DB = -54

let context

/** Made at the first press: browsers allow no sound before. */
const audio = () => {
  context ??= new AudioContext()
  if (context.state === 'suspended') context.resume()
  return context
}

const play = (frequencies, seconds, volume) => {
  const { currentTime, destination } = audio()
  const gain = new GainNode(context, { gain: volume / frequencies.length })
  gain.connect(destination)
  gain.gain.setTargetAtTime(0, currentTime + seconds - 0.02, 0.008)
  for (const frequency of frequencies) {
    const tone = new OscillatorNode(context, { frequency })
    tone.connect(gain)
    tone.start()
    tone.stop(currentTime + seconds + 0.05)
  }
}

export const playKey = (key) => play(KEY_TONES[key] ?? [], 0.12, 0.12)

/** The ringing that a caller hears, one second in five, until the returned function is called. */
export const playRinging = () => {
  const once = () => play([425], 1, 0.06)
  once()
  const timer = setInterval(once, 5000)
  return () => clearInterval(timer)
}

/** Returns a function that gives the stream's level between 0 and 1. */
export const watchLevel = (stream) => {
  const analyser = new AnalyserNode(audio(), { fftSize: 1024 })
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return () => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    return Math.max(0, Math.min(1, 1 - (10 * Math.log10(2 * power + 1e-12)) / QUIET_DB))
  }
}

const TROUBLES = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'noMicrophone', NotReadableError: 'busyMicrophone' }

/** The microphone's stream; rejects with the key of the words that say why there is none. */
export const openMicrophone = async () => {
  if (!navigator.mediaDevices) throw 'insecure'
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch (error) {
    throw TROUBLES[error.name] ?? 'noMicrophone'
  }
}
