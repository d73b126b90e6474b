// The camera behind the scanner: looks at a frame, rests, looks again; holds still while an answer is on the screen.
import { decoder, type Format } from './decode'

const REST = 90

/** Looks without a code before the same code counts as shown anew: whoever has just passed still holds it up. */
const GONE = 12

export interface Camera { resume(): void; pause(): void; stop(): void; light(): Promise<boolean> }

export async function openCamera(video: HTMLVideoElement, found: (text: string) => void, formats?: readonly Format[]): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } } })
  video.srcObject = stream
  let running = true
  let stopped = false
  let lit = false
  let before: string | null = null
  let missed = 0
  const decode = await decoder(formats).catch(() => null)
  await video.play().catch(() => undefined)

  const look = async () => {
    if (stopped) return
    if (running && decode && !document.hidden && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const text = await decode(video).catch(() => null)
      if (!text) missed++
      else if (text === before && missed < GONE) missed = 0
      else if (running && !stopped) {
        running = false
        before = text
        missed = 0
        found(text)
      }
    }
    setTimeout(() => void look(), REST)
  }
  void look()

  return {
    resume: () => { running = true },
    pause: () => { running = false },
    stop: () => {
      stopped = true
      for (const track of stream.getTracks()) track.stop()
    },
    light: async () => {
      lit = !lit
      await stream.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: lit } as MediaTrackConstraintSet] }).catch(() => { lit = false })
      return lit
    },
  }
}

/** A picture out of the album: a screenshot sent ahead, a photo of a printed pass. */
export async function readPicture(file: File): Promise<string | null> {
  const picture = await createImageBitmap(file)
  try {
    return await (await decoder())(picture)
  } finally {
    picture.close()
  }
}
