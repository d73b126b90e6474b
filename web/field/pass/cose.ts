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
const labelAlgorithm = 1
const labelKey = 4
const es256 = -7
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

// The algorithm is judged before the key id, so that "none" is called by its name also when it comes without a key.
function readHeader(header: Uint8Array<ArrayBuffer>): string {
  const reader = new CborReader(header)
  let algorithm = false
  let key: string | null = null
  let others = false
  let before: Uint8Array = new Uint8Array()
  for (let entries = reader.map(); entries > 0; entries--) {
    const label = reader.skip()
    if (label.length < before.length || (label.length === before.length && compare(label, before) <= 0)) throw malformed()
    before = label
    const value = reader.skip()
    if (label.length === 1 && label[0] === labelAlgorithm) {
      const inner = new CborReader(value)
      algorithm = inner.isInteger() && inner.integer() === es256
    } else if (label.length === 1 && label[0] === labelKey && value.length === keyLength + 1 && value[0] === (0x40 | keyLength)) key = toHex(value.subarray(1))
    else others = true
  }
  if (!algorithm) throw new Refusal('WrongAlgorithm')
  reader.end()
  if (key === null || others) throw malformed()
  return key
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
