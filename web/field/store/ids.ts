import { clock } from './clock'

let last = 0
let serial = 0

/** A UUID of version 7 (RFC 9562): 48 bits of time, the rest random. Made here, so a retry is known for what it is. */
export function newId(at = clock.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  // Two of one millisecond keep their order: the 12 bits after the time count (RFC 9562, 6.2, method 1).
  const time = Math.floor(at)
  if (time > last) [last, serial] = [time, (bytes[7] ?? 0) & 0xff]
  else if (++serial > 0xfff) [last, serial] = [last + 1, 0]
  bytes[6] = serial >> 8
  bytes[7] = serial & 0xff
  return uuid7(last, bytes)
}

export function uuid7(at: number, bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16)
  const time = Math.max(0, Math.floor(at))
  view.setUint32(0, Math.floor(time / 0x10000))
  view.setUint16(4, time % 0x10000)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
