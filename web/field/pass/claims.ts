import { CborReader, malformed } from './cbor'
import { toHex } from './cose'
import { maxLifeSeconds, maxName, maxWord } from './limits'

const colours = ['None', 'Green', 'Grey', 'Yellow', 'Red'] as const
const reasons = ['NoProtocol', 'Clear', 'ProofMissing', 'ProofExpired', 'ReportOverdue', 'Measure'] as const

export type Colour = (typeof colours)[number]
export type PassReason = (typeof reasons)[number]

/** What a pass says. Nothing in it tells of an illness, nothing joins it to the pass of another day. */
export interface Pass {
  issuer: string
  /** Random, new for every pass; written as the server writes a Guid. */
  reference: string
  /** 陈＊明 */
  name: string
  /** 'None' exactly when there is no edition. */
  colour: Colour
  reason: PassReason
  edition: string | null
  /** First 16 bytes of the SHA-256 of the photo's file, hexadecimal. */
  photo: string | null
  issuedAt: Date
  /** The first instant at which it is no longer good. */
  expiresAt: Date
}

// The last second of the year 9999, as far as the server's clock goes.
const lastSecond = 253402300799

/** The claims under a good signature. Throws `Refusal`. */
export function readClaims(payload: Uint8Array<ArrayBuffer>): Pass {
  const reader = new CborReader(payload)
  if (reader.map() !== 5) throw malformed()
  reader.expect(1)
  const issuer = word(reader.text(), maxWord)
  reader.expect(4)
  const expires = readSeconds(reader)
  reader.expect(6)
  const issued = readSeconds(reader)
  reader.expect(7)
  const reference = reader.data()
  reader.expect(-65537)
  const entries = reader.map()
  reader.expect(1)
  const name = word(reader.text(), maxName)
  reader.expect(2)
  const colour = colours[reader.unsigned()]
  reader.expect(3)
  const reason = reasons[reader.unsigned()]
  let edition: string | null = null
  let photo: string | null = null
  let before = 3
  for (let i = 3; i < entries; i++) {
    const key = reader.unsigned()
    if (key === 4 && before === 3) edition = word(reader.text(), maxWord)
    else if (key === 5 && before < 5) photo = hash(reader.data())
    else throw malformed()
    before = key
  }
  reader.end()
  const life = expires - issued
  if (entries < 3 || reference.length !== 16 || !colour || !reason || (edition === null) !== (colour === 'None') || life <= 0 || life > maxLifeSeconds) throw malformed()
  return { issuer, reference: uuid(toHex(reference)), name, colour, reason, edition, photo, issuedAt: new Date(issued * 1000), expiresAt: new Date(expires * 1000) }
}

export function readSeconds(reader: CborReader): number {
  const seconds = reader.unsigned()
  if (seconds > lastSecond) throw malformed()
  return seconds
}

// Neither controls nor marks that turn the direction of writing: the guard must see what was signed.
function word(text: string, most: number): string {
  if (text.length === 0 || text.length > most || /[\p{Cc}\p{Cf}]/u.test(text)) throw malformed()
  return text
}

function hash(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw malformed()
  return toHex(bytes)
}

function uuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
