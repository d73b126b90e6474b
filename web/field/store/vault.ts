// One data key seals everything. It lies on the disk only inside two envelopes: AES-GCM under PBKDF2 of the PIN, and around it AES-GCM under a
// key of this browser that cannot be read out. It is in memory only while the app is unlocked. docs/modules/field.md says what this holds against.
import { db, readMeta, writeMeta, type Sealed } from './db'

const ITERATIONS = 600_000
export const MOST_TRIES = 10

interface Lock { salt: Uint8Array<ArrayBuffer>; iterations: number; deviceKey: CryptoKey; wrapped: Sealed }

let dataKey: CryptoKey | null = null

export type Opening = 'open' | 'wrong' | 'wiped'

export const vault = {
  get isOpen(): boolean { return dataKey !== null },

  exists: async (): Promise<boolean> => (await readMeta<Lock>('lock')) !== undefined,

  triesLeft: async (): Promise<number> => MOST_TRIES - ((await readMeta<number>('tries')) ?? 0),

  /** A new data key behind this PIN; the app is unlocked afterwards. */
  async create(pin: string): Promise<void> {
    const raw = crypto.getRandomValues(new Uint8Array(32))
    const salt = crypto.getRandomValues(new Uint8Array(16))
    const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    const inner = await encrypt(await pinKey(pin, salt, ITERATIONS), raw)
    const wrapped = await encrypt(deviceKey, join(inner))
    dataKey = await importKey(raw)
    raw.fill(0)
    await writeMeta('tries', 0)
    await writeMeta('lock', { salt, iterations: ITERATIONS, deviceKey, wrapped } satisfies Lock)
  },

  /** A try is counted before it is made, so pulling the battery gives none for free. */
  async open(pin: string): Promise<Opening> {
    const lock = await readMeta<Lock>('lock')
    if (!lock) return 'wiped'
    const tries = ((await readMeta<number>('tries')) ?? 0) + 1
    if (tries > MOST_TRIES) return (await vault.wipe(), 'wiped')
    await writeMeta('tries', tries)
    const inner = await decrypt(lock.deviceKey, lock.wrapped)
    try {
      const raw = await decrypt(await pinKey(pin, lock.salt, lock.iterations), split(inner))
      dataKey = await importKey(new Uint8Array(raw))
    } catch {
      return tries >= MOST_TRIES ? (await vault.wipe(), 'wiped') : 'wrong'
    }
    await writeMeta('tries', 0)
    return 'open'
  },

  lock(): void { dataKey = null },

  async seal(value: unknown): Promise<Sealed> {
    if (!dataKey) throw new Error('locked')
    return encrypt(dataKey, new TextEncoder().encode(JSON.stringify(value)))
  },

  async unseal<T>(sealed: Sealed): Promise<T> {
    if (!dataKey) throw new Error('locked')
    return JSON.parse(new TextDecoder().decode(await decrypt(dataKey, sealed))) as T
  },

  async keep(key: string, value: unknown): Promise<void> {
    const sealed = await vault.seal(value)
    await (await db()).put('sealed', sealed, key)
  },

  async read<T>(key: string): Promise<T | undefined> {
    const sealed = await (await db()).get('sealed', key)
    return sealed && vault.unseal<T>(sealed)
  },

  drop: async (key: string): Promise<void> => (await db()).delete('sealed', key),

  /** What the phone carries about people and gates, and the token. Key and outbox stay: facts that have not arrived are not lost with a lease. */
  async forgetPack(): Promise<void> {
    const tx = (await db()).transaction('sealed', 'readwrite', { durability: 'strict' })
    await tx.store.clear()
    await tx.done
  },

  /** Key, data and outbox: nothing is left to be read. */
  async wipe(): Promise<void> {
    dataKey = null
    const tx = (await db()).transaction(['meta', 'sealed', 'outbox'], 'readwrite', { durability: 'strict' })
    await Promise.all([tx.objectStore('meta').clear(), tx.objectStore('sealed').clear(), tx.objectStore('outbox').clear()])
    await tx.done
  },
}

async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const words = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, words, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const importKey = (raw: Uint8Array<ArrayBuffer>) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

async function encrypt(key: CryptoKey, plain: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain) }
}

const decrypt = (key: CryptoKey, sealed: Sealed): Promise<ArrayBuffer> => crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data)

function join(sealed: Sealed): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(12 + sealed.data.byteLength)
  all.set(sealed.iv)
  all.set(new Uint8Array(sealed.data), 12)
  return all
}

const split = (bytes: ArrayBuffer): Sealed => ({ iv: new Uint8Array(bytes.slice(0, 12)), data: bytes.slice(12) })
