// What the phone keeps. Everything that speaks of people is sealed before it comes here (vault.ts); in the clear are ids, states and times.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** AES-GCM: 12 random bytes, then ciphertext with its tag. */
export interface Sealed { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

export type FactKind = 'scan' | 'visit' | 'tube'

/** What the server found odd about a fact that it kept. */
export interface Warning { code: string; text: string }

/** draft: the emergency button was pressed, words may follow. saved: here only. arrived, refused: the server said so. */
export type FactState = 'draft' | 'saved' | 'arrived' | 'refused'

export interface OutboxRow {
  id: string
  kind: FactKind
  state: FactState
  at: number
  sealed: Sealed
  answeredAt?: number
  code?: string
  reason?: string
  warnings?: Warning[]
}

interface Schema extends DBSchema {
  meta: { key: string; value: unknown }
  sealed: { key: string; value: Sealed }
  outbox: { key: string; value: OutboxRow; indexes: { state: FactState } }
}

export type Db = IDBPDatabase<Schema>

let opened: Promise<Db> | undefined

export function db(): Promise<Db> {
  opened ??= openDB<Schema>('tongxin-field', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('meta')
      fresh.createObjectStore('sealed')
      fresh.createObjectStore('outbox', { keyPath: 'id' }).createIndex('state', 'state')
    },
    // A newer version of the app waits in another tab: this one lets go.
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  })
  return opened
}

export async function readMeta<T>(key: string): Promise<T | undefined> {
  return (await (await db()).get('meta', key)) as T | undefined
}

/** On the disk when it returns. */
export async function writeMeta(key: string, value: unknown): Promise<void> {
  const tx = (await db()).transaction('meta', 'readwrite', { durability: 'strict' })
  await tx.store.put(value, key)
  await tx.done
}
