import type { Strip } from './strip'

/** One thing after the other: while something is done or asked, the camera rests and other touches do nothing. */
export function turns(strip: Strip, after: () => void): (does: () => Promise<void> | void) => Promise<void> {
  let busy = false
  return async (does) => {
    if (busy) return
    busy = true
    strip.pause()
    try {
      await does()
    } finally {
      busy = false
      after()
      strip.resume()
    }
  }
}
