// How something typed or shown is compared with what the pack carries: the server made the keys by the same rule (DeviceKeys).

const KEPT = 9

export type KeyKind = 'n' | 'd' | 't' | 'p'

export async function keyOf(salt: Uint8Array<ArrayBuffer>, kind: KeyKind, text: string): Promise<string> {
  const words = new TextEncoder().encode(`${kind}:${text.toUpperCase()}`)
  const all = new Uint8Array(salt.length + words.length)
  all.set(salt)
  all.set(words, salt.length)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return btoa(String.fromCharCode(...hash.subarray(0, KEPT)))
}

export const saltOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
