// The table's book: every fact about tubes that this phone holds, opened once at unlocking, and the tubes as they stand by it. Refused facts
// are not followed. Nothing of it survives the lock.
import { outbox } from '../store/outbox'
import type { FactState, Warning } from '../store/db'
import type { Member } from '../pack'
import { otherOfHousehold } from './rules'
import { fold, type Tube, type TubeFact } from './tube'

export interface Entry { fact: TubeFact; state: FactState; warnings: Warning[]; reason: string | null }

const entries = new Map<string, Entry>()
const listeners = new Set<() => void>()
let tubes = new Map<string, Tube>()
let last = 0

export const book = {
  get tubes(): ReadonlyMap<string, Tube> { return tubes },

  get entries(): Entry[] { return [...entries.values()] },

  /** The instant of the latest fact; a time after it is free. */
  get last(): number { return last },

  onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },

  /** Somebody's tubes of this round on this phone, the first first. */
  holding(person: string, round: string, but?: string): Tube | undefined {
    return [...tubes.values()].find((tube) => tube.round === round && tube.code !== but && !tube.voided && tube.seats.some((s) => s.person === person))
  },

  /** The tube of this household that was opened before: on this phone, else as the server says. */
  otherOfHousehold(tube: Tube | undefined, person: Member, people: readonly Member[]): string | null {
    if (tube?.purpose !== 'Household' || !person.household) return null
    const known = people.filter((one) => one.household === person.household).length
    return otherOfHousehold(tube, person, tubes.values(), known)?.code ?? person.homeTube ?? null
  },

  async load(): Promise<void> {
    entries.clear()
    await book.refresh()
  },

  /** What came of the facts meanwhile, and what another tab recorded. */
  async refresh(): Promise<void> {
    for (const row of await outbox.ofKind('tube')) {
      const fact = entries.get(row.id)?.fact ?? (await outbox.open<TubeFact>(row))
      entries.set(row.id, { fact, state: row.state, warnings: row.warnings ?? [], reason: row.reason ?? null })
    }
    again()
  },

  add(fact: TubeFact): void {
    entries.set(fact.id, { fact, state: 'saved', warnings: [], reason: null })
    again()
  },

  clear(): void {
    entries.clear()
    tubes = new Map()
    last = 0
  },
}

function again(): void {
  const known = [...entries.values()].filter((e) => e.state !== 'refused').map((e) => e.fact)
  // The ids of one phone are in the order of what it did.
  known.sort((a, b) => (a.seenAt === b.seenAt ? (a.id < b.id ? -1 : 1) : a.seenAt < b.seenAt ? -1 : 1))
  tubes = fold(known)
  for (const fact of known) last = Math.max(last, Date.parse(fact.seenAt))
  listeners.forEach((listener) => listener())
}

/** What a tube's facts are doing: all there, still here, or refused. */
export function delivery(code: string): { waiting: number; refused: number; warnings: Warning[] } {
  const own = [...entries.values()].filter((e) => e.fact.tube === code)
  const said = new Map(own.flatMap((e) => e.warnings).map((w) => [w.code, w]))
  return { waiting: own.filter((e) => e.state === 'saved').length, refused: own.filter((e) => e.state === 'refused').length, warnings: [...said.values()] }
}
