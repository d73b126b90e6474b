// What a table may still do, said before it is done. The same rules, in the same order, as TubeRules.Ask in Core, which a test holds against
// this file (tests/vectors/table.mjs); the lane is the table's own. What happened all the same is kept by the server and flagged, never lost.
import type { Lane, Member } from '../pack'
import { filled, isCode, isOpen, type Purpose, type Tube } from './tube'

/** A text key with what goes into it. */
export type Line = [key: string, ...args: (string | number)[]]

/** take: go on. warn: the clerk has to say yes. lead: no, unless the site's lead says why. refuse: no. */
export type Ruling = { does: 'take' } | Doubt

export interface Doubt { does: 'warn' | 'lead' | 'refuse'; why: Line }

const TAKE: Ruling = { does: 'take' }
const no = (...why: Line): Ruling => ({ does: 'refuse', why })
const ask = (...why: Line): Ruling => ({ does: 'warn', why })

/** Whether this code may be opened at this table now. */
export function mayOpen(code: string, known: Tube | undefined, elsewhere: { table: string | null } | undefined, round: string, table: string): Ruling {
  if (!isCode(code)) return no('rule.code_invalid')
  if (isMisread(code)) return no('rule.misread', code)
  if (isBox(code)) return no('rule.is_box', code)
  if (known && (known.round !== round || known.table !== table)) return no('rule.code_taken', code)
  if (known && !isOpen(known)) return no('rule.closed', code)
  if (!known && elsewhere) return elsewhere.table === table ? ask('rule.second_phone', code) : no('rule.code_taken', code)
  return TAKE
}

/** Whether this person may go into this tube: Core's rules. */
export function maySit(tube: Tube | undefined, person: Pick<Member, 'id' | 'household' | 'most' | 'sealed'>, slips = 0): Ruling {
  if (!tube) return no('rule.not_opened')
  if (tube.seats.some((s) => s.person === person.id)) return no('rule.already_in', tube.code)
  if (!isOpen(tube)) return no('rule.closed', tube.code)
  if (filled(tube, slips) >= tube.size) return no('rule.full', tube.size)
  if (tube.purpose === 'Household' && tube.seats.some((s) => s.household !== person.household)) return no('rule.other_household')
  const most = mostWith(person)
  return fits(most, tube.purpose, tube.size) ? TAKE : no(person.sealed ? 'rule.sealed' : 'rule.wrong_class', most)
}

/** A sealed household shares with nobody: a tube of the household asks for no size. */
export const mostWith = (person: Pick<Member, 'most' | 'sealed'>): number => (person.sealed ? 1 : person.most)

const fits = (most: number, purpose: Purpose, size: number): boolean => purpose === 'Household' || size <= most

/**
 * Nobody with a yellow code or symptoms comes to another table. Whoever fell ill in the queue may be taken apart on the word of the site's lead;
 * an ordinary person in the green lane harms nobody, and whoever belongs there may use the normal one.
 */
export function laneOf(person: Lane, table: Lane): Ruling {
  if (table === 'Apart') return person === 'Apart' ? TAKE : { does: 'lead', why: ['rule.lane_not_apart'] }
  if (person === 'Apart') return no('rule.lane_apart')
  return table === 'Green' && person === 'Normal' ? ask('rule.lane_green') : TAKE
}

/**
 * The household tube in which others of this household already are, unless they are too many for one tube: HouseholdTubes.Other in Core.
 * `people`: of the household on the roll, as far as this phone knows.
 */
export function otherOfHousehold(tube: Tube | undefined, person: Pick<Member, 'id' | 'household'>, tubes: Iterable<Tube>, people: number): Tube | undefined {
  const home = person.household
  if (!tube || tube.purpose !== 'Household' || !home) return undefined
  const beside = [...tubes].filter((one) => one.code !== tube.code && one.round === tube.round && one.purpose === 'Household' && !one.voided
    && one.seats.some((s) => s.household === home && s.person !== person.id))
    .sort((a, b) => a.openedAt - b.openedAt || (a.code < b.code ? -1 : 1))
  const seen = new Set([person.id, ...[tube, ...beside].flatMap((one) => one.seats.filter((s) => s.household === home).map((s) => s.person))]).size
  return Math.max(people, seen) <= tube.size ? beside[0] : undefined
}

/**
 * All of it, the gravest first. Whoever was already sampled is warned of and kept, and so is a household in a second tube (`split`: the code of
 * the first). `isLet`: the lead has said yes to the lane.
 */
export function mayTake(tube: Tube | undefined, person: Member, lane: Lane, slips: number, other: Tube | undefined, isLet = false, split?: string | null): Ruling {
  const byLane = isLet ? TAKE : laneOf(person.lane, lane)
  if (byLane.does === 'refuse') return byLane
  const byTube = maySit(tube, person, slips)
  if (byTube.does !== 'take' || !tube) return byTube
  if (byLane.does === 'lead') return byLane
  const bySample = sampledBefore(tube, person, other)
  if (bySample.does !== 'take') return bySample
  return split && tube.purpose === 'Household' && split !== tube.code ? ask('rule.household_split', split) : byLane
}

function sampledBefore(tube: Tube, person: Member, other: Tube | undefined): Ruling {
  // The second swab of a recheck is what is wanted.
  if (tube.purpose === 'Recheck') return person.recheck && tube.recheckOf && person.recheck !== tube.recheckOf ? ask('rule.other_recheck', person.recheck) : TAKE
  if (other) return ask('rule.twice_here', other.code)
  return person.done ? ask('rule.twice') : TAKE
}

export function mayClose(tube: Tube | undefined, slips: number): Ruling {
  if (!tube) return no('rule.not_opened')
  if (!isOpen(tube)) return no('rule.closed', tube.code)
  return filled(tube, slips) === 0 ? no('rule.empty', tube.code) : TAKE
}

/** Whether a closed tube may go into a box. */
export function mayPack(code: string, known: Tube | undefined, server: { stage: string; quarantined: boolean } | undefined): Ruling {
  if (server?.quarantined) return no('rule.quarantined', code)
  if (known?.voided) return no('rule.voided', code)
  if (known?.box) return no('rule.boxed', known.box)
  if (known && isOpen(known)) return no('rule.still_open', code)
  // Another phone, the office or the laboratory may be further than this one.
  if (server?.stage === 'Invalid') return no('rule.voided', code)
  if (server && !BEFORE_BOX.includes(server.stage)) return no('rule.on_its_way', code)
  if (known) return TAKE
  if (!server) return no('rule.unknown_tube', code)
  return server.stage === 'Closed' ? TAKE : no('rule.still_open', code)
}

const BEFORE_BOX = ['Unopened', 'Open', 'Closed']

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const OURS = /^X[TB][0-9A-HJKMNP-TV-Z]{8}$/

/** One of our labels whose check does not fit: the scanner read a bar wrong, or a finger slipped. Labels of others have no check. */
export function isMisread(code: string): boolean {
  if (!/^X[TB][0-9A-Z]{8}$/.test(code)) return false
  if (!OURS.test(code)) return true
  let sum = LETTERS.indexOf(code.charAt(1))
  for (const c of code.slice(2, 8)) sum = (sum * 32 + LETTERS.indexOf(c)) % 1021
  return sum !== LETTERS.indexOf(code.charAt(8)) * 32 + LETTERS.indexOf(code.charAt(9))
}

export const isBox = (code: string): boolean => code.startsWith('XB') && OURS.test(code) && !isMisread(code)

export const isOurTube = (code: string): boolean => code.startsWith('XT') && OURS.test(code)
