import { CborReader, malformed } from './cbor'
import { readSeconds, type Pass } from './claims'
import { compare, fromHex } from './cose'
import { Refusal } from './limits'
import { openList, reading, type ListReading, type TrustList } from './trust'

/** Passes withdrawn before their time. Plain data: it can be put into IndexedDB as it is. */
export interface RevocationList {
  issuer: string
  number: number
  issuedAt: Date
  /** By the hour since 1970 in which the passes would have ended: sorted six-byte prefixes of the SHA-256 of their references. */
  buckets: Map<number, Uint8Array<ArrayBuffer>>
}

export const noRevocations: RevocationList = { issuer: '', number: 0, issuedAt: new Date(0), buckets: new Map() }

const purpose = 'tongxin revocation list 1'
const prefixLength = 6
const millisecondsPerHour = 3_600_000

/** Reads the list that is to take the place of the one held; an older one is 'Expired'. */
export function readRevocationList(bytes: Uint8Array<ArrayBuffer>, trust: TrustList, held: RevocationList, now: Date): Promise<ListReading<RevocationList>> {
  return reading(async () => {
    const list = parse(await openList(bytes, trust, purpose, now))
    if (list.issuer !== trust.issuer) throw malformed()
    if (list.number < held.number) throw new Refusal('Expired')
    return list
  })
}

/** True when the pass was withdrawn. */
export async function isRevoked(list: RevocationList, pass: Pass): Promise<boolean> {
  const bucket = list.buckets.get(Math.floor(pass.expiresAt.getTime() / millisecondsPerHour))
  if (!bucket) return false
  const digest = await crypto.subtle.digest('SHA-256', fromHex(pass.reference.replaceAll('-', '')))
  const prefix = new Uint8Array(digest, 0, prefixLength)
  let low = 0
  let high = bucket.length / prefixLength - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compare(prefixAt(bucket, middle), prefix)
    if (order === 0) return true
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return false
}

function parse(payload: Uint8Array<ArrayBuffer>): RevocationList {
  const reader = new CborReader(payload)
  if (reader.map() !== 4) throw malformed()
  reader.expect(1)
  const issuer = reader.text()
  reader.expect(6)
  const issuedAt = new Date(readSeconds(reader) * 1000)
  reader.expect(-65537)
  const number = reader.unsigned()
  reader.expect(-65538)
  const buckets = new Map<number, Uint8Array<ArrayBuffer>>()
  let before = -1
  for (let entries = reader.map(); entries > 0; entries--) {
    const hour = reader.unsigned()
    const bucket = reader.data().slice()
    if (hour <= before || bucket.length % prefixLength !== 0) throw malformed()
    // Sorted and each once, or a search would miss some.
    for (let i = 1; i < bucket.length / prefixLength; i++) if (compare(prefixAt(bucket, i - 1), prefixAt(bucket, i)) >= 0) throw malformed()
    buckets.set(hour, bucket)
    before = hour
  }
  reader.end()
  return { issuer, number, issuedAt, buckets }
}

function prefixAt(bucket: Uint8Array, index: number): Uint8Array {
  return bucket.subarray(index * prefixLength, (index + 1) * prefixLength)
}
