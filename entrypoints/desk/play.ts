/** Plays one of our sounds on a chosen device; a new one ends the one before. */
let playing: HTMLAudioElement | null = null

export async function play(path: string, deviceId: string | null): Promise<void> {
  playing?.pause()
  playing = new Audio(path)
  // Firefox lets a page choose among speakers only after asking for each; there the system's default plays.
  if (deviceId && 'setSinkId' in playing) await playing.setSinkId(deviceId).catch(() => {})
  await playing.play()
}
