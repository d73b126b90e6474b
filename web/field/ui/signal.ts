// An answer is heard and felt before it is read. Each tone has a pattern of its own.
import type { Tone } from '../gate/answer'

/** Hertz and milliseconds, in turn. */
const tunes: Record<Tone, [number, number][]> = {
  green: [[1320, 130]],
  name: [[990, 130]],
  yellow: [[880, 120], [0, 70], [880, 120]],
  grey: [[660, 120], [0, 70], [520, 200]],
  red: [[220, 320], [0, 80], [220, 320]],
  invalid: [[500, 110], [0, 50], [390, 110], [0, 50], [290, 220]],
}

const shakes: Record<Tone, number[]> = { green: [60], name: [60], yellow: [90, 60, 90], grey: [90, 60, 160], red: [320, 80, 320], invalid: [80, 50, 80, 50, 200] }

let audio: AudioContext | undefined

/** Browsers give sound only after a touch. */
export function wakeSound(): void {
  try {
    audio ??= new AudioContext()
    void audio.resume()
  } catch {
    // A phone without sound still shakes and shows.
  }
}

export function signal(tone: Tone): void {
  navigator.vibrate?.(shakes[tone])
  if (!audio || audio.state !== 'running') return
  let at = audio.currentTime
  for (const [pitch, length] of tunes[tone]) {
    const seconds = length / 1000
    if (pitch > 0) {
      const voice = audio.createOscillator()
      const loud = audio.createGain()
      voice.type = tone === 'red' ? 'square' : 'sine'
      voice.frequency.value = pitch
      loud.gain.setValueAtTime(0.25, at)
      loud.gain.setTargetAtTime(0, at + seconds - 0.02, 0.01)
      voice.connect(loud).connect(audio.destination)
      voice.start(at)
      voice.stop(at + seconds)
    }
    at += seconds
  }
}
