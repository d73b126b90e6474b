const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const foreign = 255
const values = new Uint8Array(128).fill(foreign)
for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i

/** RFC 9285, strictly: the bytes, or null when no bytes have this text. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | null {
  const rest = text.length % 3
  if (rest === 1) return null
  const whole = text.length - rest
  const bytes = new Uint8Array((whole / 3) * 2 + rest / 2)
  let at = 0
  for (let i = 0; i < whole; i += 3) {
    const first = valueOf(text, i)
    const second = valueOf(text, i + 1)
    const third = valueOf(text, i + 2)
    const value = first + second * 45 + third * 2025
    if (first === foreign || second === foreign || third === foreign || value > 0xffff) return null
    bytes[at++] = value >> 8
    bytes[at++] = value & 0xff
  }
  if (rest === 2) {
    const low = valueOf(text, whole)
    const high = valueOf(text, whole + 1)
    if (low === foreign || high === foreign || low + high * 45 > 0xff) return null
    bytes[at] = low + high * 45
  }
  return bytes
}

function valueOf(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < values.length ? values[code] : foreign
}
