// What is in memory while the app is unlocked; nothing of it survives the lock.
import type { Enrolment, Gate, Lists, Pack, RoundPack, Site, SiteTable, TablePack, Testing } from './pack'
import { memory } from './gate/memory'
import { book } from './table/book'
import { onPack } from './net/sync'
import { readMeta, writeMeta } from './store/db'
import { outbox } from './store/outbox'
import { vault } from './store/vault'

export interface Post { gate: string; lane: string | null }

/** Where somebody sits: a table of a site, for a round. */
export interface Desk { round: string; site: string; table: string }

export interface DeskView { testing: Testing; site: Site; table: SiteTable }

interface Session { own: Enrolment | null; pack: Pack | null; rounds: RoundPack | null; tables: TablePack | null; lists: Lists | null; post: Post | null; desk: Desk | null }

const nothing: Session = { own: null, pack: null, rounds: null, tables: null, lists: null, post: null, desk: null }
const session: Session = { ...nothing }
const listeners = new Set<() => void>()

export const held = {
  get own(): Enrolment | null { return session.own },
  get pack(): Pack | null { return session.pack },
  get rounds(): RoundPack | null { return session.rounds },
  get tables(): TablePack | null { return session.tables },
  /** For reading passes: from the gate's pack, else fetched for the table. */
  get lists(): Lists | null { return session.pack?.trust ? session.pack : session.lists },
  get post(): Post | null { return session.post },

  get gate(): Gate | null { return session.pack?.gates.find((g) => g.id === session.post?.gate) ?? null },

  get hasRounds(): boolean { return (session.rounds?.rounds.length ?? 0) > 0 },

  get hasTables(): boolean { return (session.tables?.sites.length ?? 0) > 0 },

  /** The table with its round and site; null while none is chosen, or what was chosen is over. */
  get desk(): DeskView | null {
    const at = session.desk
    const testing = session.tables?.rounds.find((r) => r.id === at?.round)
    const site = session.tables?.sites.find((s) => s.id === at?.site)
    const table = site?.tables.find((one) => one.id === at?.table)
    return testing && site && table ? { testing, site, table } : null
  },

  async sit(desk: Desk | null): Promise<void> {
    session.desk = desk
    await writeMeta('desk', desk ?? undefined)
  },

  onChange(listener: () => void): void { listeners.add(listener) },

  async load(): Promise<void> {
    session.own = (await vault.read<Enrolment>('enrolment')) ?? null
    session.post = (await readMeta<Post>('post')) ?? null
    session.desk = (await readMeta<Desk>('desk')) ?? null
    await outbox.promoteDrafts()
    await memory.load()
    await book.load()
    await reload()
  },

  async stand(post: Post): Promise<void> {
    session.post = post
    await writeMeta('post', post)
  },

  /** Off to another gate. */
  async leavePost(): Promise<void> {
    session.post = null
    await writeMeta('post', undefined)
  },

  drop(): void {
    Object.assign(session, nothing)
    memory.clear()
    book.clear()
  },
}

async function reload(): Promise<void> {
  if (!vault.isOpen) return
  session.own = (await vault.read<Enrolment>('enrolment')) ?? null
  session.pack = (await vault.read<Pack>('pack')) ?? null
  session.rounds = (await vault.read<RoundPack>('rounds')) ?? null
  session.lists = (await vault.read<Lists>('lists')) ?? null
  session.tables = (await vault.read<TablePack>('tables')) ?? null
  const gates = session.pack?.gates ?? []
  const [only] = gates
  if (only && gates.length === 1 && session.post?.gate !== only.id) await held.stand({ gate: only.id, lane: only.lanes[0] ?? null })
  listeners.forEach((listener) => listener())
}

onPack(() => void reload())
