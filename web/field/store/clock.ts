// Time as the server has it: the phone's clock plus what it was off by at the last contact.
import { readMeta, writeMeta } from './db'

/** Above this the guard is told. The verifier has the same tolerance. */
export const TOLERANCE = 5 * 60_000

interface Contact { skew: number; server: number; at: number }

let contact: Contact | undefined

export const clock = {
  load: async (): Promise<void> => { contact = await readMeta<Contact>('contact') },

  /** Milliseconds since 1970, corrected. Never before the last moment the server was heard: a clock that was set back does not revive what has expired. */
  now(): number {
    const corrected = Date.now() + (contact?.skew ?? 0)
    return contact ? Math.max(corrected, contact.server) : corrected
  },

  /** What the phone shows minus what the server shows. */
  get off(): number { return contact ? -contact.skew : 0 },

  /** The phone's clock is behind the last contact: somebody has turned it since. */
  get turnedBack(): boolean { return contact !== undefined && Date.now() < contact.at - TOLERANCE },

  get isWrong(): boolean { return Math.abs(clock.off) > TOLERANCE || clock.turnedBack },

  get lastContact(): number | undefined { return contact?.server },

  /** The server said when it is, half a round trip ago. */
  async heard(server: number, sentAt: number): Promise<void> {
    const at = Date.now()
    contact = { server, at, skew: server + (at - sentAt) / 2 - at }
    await writeMeta('contact', contact)
  },
}
