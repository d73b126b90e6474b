// What is in memory while the app is unlocked; nothing of it survives the lock.
import type { Enrolment, Gate, Pack, RoundPack } from './pack'
import { memory } from './gate/memory'
import { onPack } from './net/sync'
import { readMeta, writeMeta } from './store/db'
import { outbox } from './store/outbox'
import { vault } from './store/vault'

export interface Post { gate: string; lane: string | null }

interface Session { own: Enrolment | null; pack: Pack | null; rounds: RoundPack | null; post: Post | null }

const session: Session = { own: null, pack: null, rounds: null, post: null }
const listeners = new Set<() => void>()

export const held = {
  get own(): Enrolment | null { return session.own },
  get pack(): Pack | null { return session.pack },
  get rounds(): RoundPack | null { return session.rounds },
  get post(): Post | null { return session.post },

  get gate(): Gate | null { return session.pack?.gates.find((g) => g.id === session.post?.gate) ?? null },

  get hasRounds(): boolean { return (session.rounds?.rounds.length ?? 0) > 0 },

  onChange(listener: () => void): void { listeners.add(listener) },

  async load(): Promise<void> {
    session.own = (await vault.read<Enrolment>('enrolment')) ?? null
    session.post = (await readMeta<Post>('post')) ?? null
    await outbox.promoteDrafts()
    await memory.load()
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
    Object.assign(session, { own: null, pack: null, rounds: null, post: null })
    memory.clear()
  },
}

async function reload(): Promise<void> {
  if (!vault.isOpen) return
  session.own = (await vault.read<Enrolment>('enrolment')) ?? null
  session.pack = (await vault.read<Pack>('pack')) ?? null
  session.rounds = (await vault.read<RoundPack>('rounds')) ?? null
  const gates = session.pack?.gates ?? []
  const [only] = gates
  if (only && gates.length === 1 && session.post?.gate !== only.id) await held.stand({ gate: only.id, lane: only.lanes[0] ?? null })
  listeners.forEach((listener) => listener())
}

onPack(() => void reload())
