// What this phone did to tubes, and where they stand by it. Pure: no clock, no storage, no screen. The server folds the same facts by
// docs/algorithms/pools.md; here only the own ones are known.

export type Purpose = 'Round' | 'Household' | 'Recheck'

export type TubeKind = 'Opened' | 'Sampled' | 'Closed' | 'Boxed' | 'Voided' | 'Withdrawn'

/** A fact as `POST /api/v1/screening/tubes` takes it; `label` and `household` stay here. */
export interface TubeFact {
  id: string
  round: string
  tube: string
  kind: TubeKind
  seenAt: string
  purpose?: Purpose
  size?: number
  site?: string
  table?: string
  recheckOf?: string
  person?: string
  members?: number
  box?: string
  corrects?: string
  reason?: string
  label?: string
  household?: string | null
}

export interface Seat { fact: string; person: string; label: string; household: string | null; at: number }

export interface Tube {
  code: string
  round: string
  site: string | null
  table: string | null
  purpose: Purpose
  size: number
  seats: Seat[]
  /** As stated at closing; null: open. */
  members: number | null
  box: string | null
  voided: boolean
  openedAt: number
  recheckOf: string | null
}

export const LONGEST_CODE = 40

/** A household's tube takes the household, as large as it is; the most of any tube. */
export const HOUSEHOLD_SIZE = 20

/** Half width, capitals, no blanks around: scanner, keyboard and laboratory mean the same tube. */
export const readCode = (typed: string): string => typed.normalize('NFKC').trim().toUpperCase()

export const isCode = (code: string): boolean => code.length > 0 && code.length <= LONGEST_CODE && !/[\s\p{Cc}]/u.test(code)

/** The tubes of these facts by code, in the order they were opened. What was never opened here is left out. */
export function fold(facts: readonly TubeFact[]): Map<string, Tube> {
  const tubes = new Map<string, Tube>()
  const withdrawn = new Set(facts.filter((f) => f.kind === 'Withdrawn' && f.corrects).map((f) => f.corrects))
  for (const fact of facts) {
    if (withdrawn.has(fact.id)) continue
    const at = Date.parse(fact.seenAt)
    const tube = tubes.get(fact.tube)
    if (fact.kind === 'Opened') {
      if (!tube) {
        tubes.set(fact.tube, {
          code: fact.tube, round: fact.round, site: fact.site ?? null, table: fact.table ?? null, purpose: fact.purpose ?? 'Round', size: fact.size ?? 0,
          seats: [], members: null, box: null, voided: false, openedAt: at, recheckOf: fact.recheckOf ?? null,
        })
      }
      continue
    }
    if (!tube) continue
    switch (fact.kind) {
      case 'Sampled':
        if (fact.person && !tube.seats.some((s) => s.person === fact.person)) tube.seats.push({ fact: fact.id, person: fact.person, label: fact.label ?? '', household: fact.household ?? null, at })
        break
      case 'Closed': tube.members = fact.members ?? 0; break
      case 'Boxed': tube.box = fact.box ?? null; break
      case 'Voided': tube.voided = true; break
    }
  }
  return tubes
}

export const isOpen = (tube: Tube): boolean => tube.members === null && !tube.voided

/** Whoever is in this tube by name, and whoever is in it by a paper slip. */
export const filled = (tube: Tube, slips: number): number => tube.seats.length + slips
