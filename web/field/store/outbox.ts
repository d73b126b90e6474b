// Facts on their way. "Saved" is said only after the transaction is on the disk; "arrived" only after the server's answer.
import { db, type FactKind, type OutboxRow, type Warning } from './db'
import { vault } from './vault'
import { clock } from './clock'

export interface Verdict { id: string; verdict: string; code?: string | null; reason?: string | null; warnings?: Warning[] | null }

const KEPT_AFTER_ANSWER = 24 * 3_600_000
const channel = new BroadcastChannel('tongxin-outbox')
const listeners = new Set<() => void>()
channel.onmessage = () => listeners.forEach((tell) => tell())

function changed(): void {
  listeners.forEach((tell) => tell())
  channel.postMessage(null)
}

export const outbox = {
  onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },

  /** Returns when the fact is on the disk. */
  async save(kind: FactKind, fact: { id: string }, state: 'draft' | 'saved' = 'saved'): Promise<void> {
    const row: OutboxRow = { id: fact.id, kind, state, at: clock.now(), sealed: await vault.seal(fact) }
    const tx = (await db()).transaction('outbox', 'readwrite', { durability: 'strict' })
    await tx.store.put(row)
    await tx.done
    changed()
  },

  /** A draft left behind (the app was closed, the guard had both hands full) is a fact like any other. */
  async promoteDrafts(): Promise<void> {
    const tx = (await db()).transaction('outbox', 'readwrite', { durability: 'strict' })
    let moved = false
    for (const row of await tx.store.index('state').getAll('draft')) {
      await tx.store.put({ ...row, state: 'saved' })
      moved = true
    }
    await tx.done
    if (moved) changed()
  },

  async counts(): Promise<{ waiting: number; refused: number }> {
    const index = (await db()).transaction('outbox').store.index('state')
    const [drafts, saved, refused] = await Promise.all([index.count('draft'), index.count('saved'), index.count('refused')])
    return { waiting: drafts + saved, refused }
  },

  /** The oldest that wait, opened. */
  async take(kind: FactKind, most: number): Promise<unknown[]> {
    const store = (await db()).transaction('outbox').store
    const rows: OutboxRow[] = []
    for (let cursor = await store.index('state').openCursor('saved'); cursor && rows.length < most; cursor = await cursor.continue())
      if (cursor.value.kind === kind) rows.push(cursor.value)
    return Promise.all(rows.map((row) => vault.unseal(row.sealed)))
  },

  async settle(verdicts: Verdict[]): Promise<void> {
    const tx = (await db()).transaction('outbox', 'readwrite', { durability: 'strict' })
    const answeredAt = clock.now()
    await Promise.all(verdicts.map(async (v) => {
      const row = await tx.store.get(v.id)
      if (!row || row.state !== 'saved') return
      if (v.verdict === 'recorded' || v.verdict === 'duplicate') await tx.store.put({ ...row, state: 'arrived', answeredAt, ...(v.warnings && v.warnings.length > 0 && { warnings: v.warnings }) })
      else await tx.store.put({ ...row, state: 'refused', answeredAt, code: v.code ?? '', reason: v.reason ?? '' })
    }))
    await tx.done
    changed()
  },

  /** Refused ones go once more: what was missing on the server may be there by now. */
  async retry(id: string): Promise<void> {
    const tx = (await db()).transaction('outbox', 'readwrite', { durability: 'strict' })
    const row = await tx.store.get(id)
    if (row?.state === 'refused') await tx.store.put({ ...row, state: 'saved' })
    await tx.done
    changed()
  },

  /** Newest first. */
  async list(most: number): Promise<OutboxRow[]> {
    const rows: OutboxRow[] = []
    const store = (await db()).transaction('outbox').store
    for (let cursor = await store.openCursor(null, 'prev'); cursor && rows.length < most; cursor = await cursor.continue()) rows.push(cursor.value)
    return rows
  },

  /** All of a kind, oldest first. */
  ofKind: async (kind: FactKind): Promise<OutboxRow[]> => (await (await db()).getAll('outbox')).filter((row) => row.kind === kind),

  open: <T>(row: OutboxRow): Promise<T> => vault.unseal<T>(row.sealed),

  /** What arrived yesterday is the server's. */
  async tidy(): Promise<void> {
    const before = clock.now() - KEPT_AFTER_ANSWER
    const tx = (await db()).transaction('outbox', 'readwrite')
    for (let cursor = await tx.store.index('state').openCursor('arrived'); cursor; cursor = await cursor.continue())
      if ((cursor.value.answeredAt ?? 0) < before) await cursor.delete()
    await tx.done
  },
}
