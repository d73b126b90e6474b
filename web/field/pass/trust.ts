import { CborReader, malformed } from './cbor'
import { readSeconds } from './claims'
import { isSignedBy, readSign1, toHex, type Sign1 } from './cose'
import { maxListLength, Refusal, toleranceMilliseconds, type PassFault } from './limits'

export type KeyUse = 'passes' | 'lists'

export interface TrustedKey {
  /** First eight bytes of the SHA-256 of the public key, hexadecimal. */
  id: string
  use: KeyUse
  /** SubjectPublicKeyInfo (DER), P-256. */
  publicKey: Uint8Array<ArrayBuffer>
  from: Date
  /** The first instant at which nothing it signed counts any more. */
  until: Date
}

/** The keys this device believes. Plain data: it can be put into IndexedDB as it is. */
export interface TrustList {
  issuer: string
  number: number
  issuedAt: Date
  keys: TrustedKey[]
}

export type ListReading<T> = { ok: true; list: T } | { ok: false; fault: PassFault }

const purpose = 'tongxin trust list 1'
const maxKeys = 64

/** Reads the list that is to take the place of the one held: signed by a key for lists of that one, and not older ('Expired'). */
export function readTrustList(bytes: Uint8Array<ArrayBuffer>, held: TrustList, now: Date): Promise<ListReading<TrustList>> {
  return reading(async () => {
    const list = await parse(await openList(bytes, held, purpose, now))
    if (list.issuer !== held.issuer) throw malformed()
    if (list.number < held.number) throw new Refusal('Expired')
    return list
  })
}

/** Reads the first list a device gets, at enrolment, over a connection that is trusted: it must be signed by a key for lists of its own. */
export function readFirstTrustList(bytes: Uint8Array<ArrayBuffer>, now: Date): Promise<ListReading<TrustList>> {
  return reading(async () => {
    if (bytes.length > maxListLength) throw new Refusal('TooLarge')
    const list = await parse(readSign1(bytes).payload)
    await openList(bytes, list, purpose, now)
    return list
  })
}

/** The payload of a list that a key for lists, in force now, signed for this purpose. Throws `Refusal`. */
export async function openList(bytes: Uint8Array<ArrayBuffer>, trust: TrustList, signedFor: string, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length > maxListLength) throw new Refusal('TooLarge')
  const message = readSign1(bytes)
  await checkSignature(message, trust, 'lists', signedFor, now)
  return message.payload
}

/** Throws `Refusal` unless a key of this use that is in force now signed the message for this purpose. */
export async function checkSignature(message: Sign1, trust: TrustList, use: KeyUse, signedFor: string, now: Date): Promise<void> {
  const trusted = trust.keys.find((key) => key.id === message.key && key.use === use)
  const key = trusted && (await imported(trusted))
  if (!trusted || !key || now.getTime() < trusted.from.getTime() - toleranceMilliseconds) throw new Refusal('UnknownKey')
  if (now.getTime() >= trusted.until.getTime()) throw new Refusal('KeyEnded')
  if (!(await isSignedBy(message, key, signedFor))) throw new Refusal('BadSignature')
}

/** Turns whatever is thrown inside into a fault: readers do not throw. */
export async function reading<T>(read: () => Promise<T>): Promise<ListReading<T>> {
  try {
    return { ok: true, list: await read() }
  } catch (thrown) {
    return { ok: false, fault: thrown instanceof Refusal ? thrown.fault : 'BadStructure' }
  }
}

// Imported once for each key: importing costs as much as a verification.
const keys = new WeakMap<TrustedKey, Promise<CryptoKey | null>>()

function imported(trusted: TrustedKey): Promise<CryptoKey | null> {
  let key = keys.get(trusted)
  if (!key) {
    key = crypto.subtle.importKey('spki', trusted.publicKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']).catch(() => null)
    keys.set(trusted, key)
  }
  return key
}

async function parse(payload: Uint8Array<ArrayBuffer>): Promise<TrustList> {
  const reader = new CborReader(payload)
  if (reader.map() !== 4) throw malformed()
  reader.expect(1)
  const issuer = reader.text()
  reader.expect(6)
  const issuedAt = new Date(readSeconds(reader) * 1000)
  reader.expect(-65537)
  const number = reader.unsigned()
  reader.expect(-65538)
  const count = reader.list()
  if (count > maxKeys) throw malformed()
  const keys: TrustedKey[] = []
  for (let i = 0; i < count; i++) {
    if (reader.list() !== 4) throw malformed()
    const use = ([undefined, 'passes', 'lists'] as const)[reader.unsigned()]
    // A copy: the list would else keep the whole message alive.
    const publicKey = reader.data().slice()
    const from = readSeconds(reader)
    const until = readSeconds(reader)
    if (!use || until <= from) throw malformed()
    const id = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey), 0, 8))
    keys.push({ id, use, publicKey, from: new Date(from * 1000), until: new Date(until * 1000) })
  }
  reader.end()
  return { issuer, number, issuedAt, keys }
}
