import { CborReader, malformed } from './cbor'
import { Refusal } from './limits'

/** COSE_Sign1 in the one form that passes and lists take: tag 18, header {1: -7, 4: key id}, nothing unprotected, payload, signature. */
export interface Sign1 {
  /** Key id, 16 hexadecimal digits. */
  key: string
  /** The protected header as it was signed. */
  header: Uint8Array<ArrayBuffer>
  payload: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

const tagSign1 = 18
// A map of two, 1 (algorithm): -7 (ES256), 4 (key id): eight bytes that follow.
const headerStart = Uint8Array.of(0xa2, 0x01, 0x26, 0x04, 0x48)
const keyLength = 8
const signatureLength = 64
const halfOrder = fromHex('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8')
const context = new TextEncoder().encode('Signature1')

/** Takes a message apart; says nothing yet about its signature. Throws `Refusal`. */
export function readSign1(message: Uint8Array<ArrayBuffer>): Sign1 {
  const reader = new CborReader(message)
  if (reader.tag() !== tagSign1 || reader.list() !== 4) throw malformed()
  const header = reader.data()
  const key = readHeader(header)
  if (reader.map() !== 0) throw malformed()
  const payload = reader.data()
  const signature = reader.data()
  reader.end()
  if (signature.length !== signatureLength) throw new Refusal('BadSignature')
  return { key, header, payload, signature }
}

// One header is right. Of the others, a map that does not begin with the algorithm ES256 (in deterministic order it would) is called by that.
function readHeader(header: Uint8Array<ArrayBuffer>): string {
  const [map, label, algorithm] = header
  if (header.length === headerStart.length + keyLength && compare(header.subarray(0, headerStart.length), headerStart) === 0) return toHex(header.subarray(headerStart.length))
  const isMap = header.length === 0 || (map >= 0xa0 && map <= 0xb7)
  throw isMap && (label !== headerStart[1] || algorithm !== headerStart[2]) ? new Refusal('WrongAlgorithm') : malformed()
}

/** True when the key signed this for this purpose ('' for a pass). Of the two values of s that fit only the lower is accepted. */
export async function isSignedBy(message: Sign1, key: CryptoKey, purpose: string): Promise<boolean> {
  if (compare(message.signature.subarray(signatureLength / 2), halfOrder) > 0) return false
  const aad = new TextEncoder().encode(purpose)
  const signed = concat([Uint8Array.of(0x84, 0x60 | context.length), context, byteString(message.header), byteString(aad), byteString(message.payload)])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, message.signature, signed)
}

function byteString(bytes: Uint8Array): Uint8Array {
  const n = bytes.length
  const head = n < 24 ? [0x40 | n] : n < 0x100 ? [0x58, n] : n < 0x10000 ? [0x59, n >> 8, n & 255] : [0x5a, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]
  return concat([Uint8Array.from(head), bytes])
}

function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** As bytes order: below, zero or above zero. Both of one length. */
export function compare(one: Uint8Array, other: Uint8Array): number {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return one[i] - other[i]
  return 0
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
