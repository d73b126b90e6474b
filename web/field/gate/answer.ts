// What the guard is told, worked out from what was read, the pack and what this phone has seen. Pure: no clock, no storage, no screen.
import type { ColourName, GateAct, Pack, Permit } from '../pack'

/** Colour and shape of the full-screen answer. */
export type Tone = ColourName | 'name' | 'invalid'

export type ScanKind = 'In' | 'Out' | 'TurnedBack' | 'Emergency'

/** A fact as `POST /api/v1/access/scans` takes it. */
export interface Scan {
  id: string
  gateId: string
  lane: string | null
  kind: ScanKind
  subjectKind: 'Pass' | 'Permit' | 'Plate' | 'Named' | 'Unknown'
  passRef: string | null
  permitId: string | null
  plate: string | null
  verdict: 'Passed' | 'Warned' | 'Refused'
  colour: 'Green' | 'Yellow' | 'Red' | 'Grey' | null
  reasonCode: string | null
  temperature: number | null
  seenAt: string
  offline: boolean
  companions: number
}

export type Subject = Pick<Scan, 'subjectKind' | 'passRef' | 'permitId' | 'plate' | 'colour' | 'verdict' | 'reasonCode'>

/** A text key with what goes into it. */
export type Line = [key: string, ...args: (string | number)[]]

export interface GateAnswer {
  tone: Tone
  /** Two to four characters, read at arm's length. */
  word: Line
  /** To compare with the person. */
  name: string | null
  reason: Line | null
  until: number | null
  /** What to do now. */
  advice: Line
  warnings: Line[]
  subject: Subject
  /** Passing takes a reason. */
  stop: boolean
}

/** What a verifier makes of a text; the names of faults are those of the vectors. */
export interface PassView {
  reference: string
  name: string
  colour: ColourName | null
  reason: string
  issuedAt: number
  expiresAt: number
}

export type Reading = { fault: null; pass: PassView } | { fault: string; pass: PassView | null }

/** What this phone saw of a pass or permit before. */
export interface Seen { kind: ScanKind; at: number }

const AGAIN = 3 * 60_000
const TODAY = 12 * 3_600_000

const ACTS: Record<ColourName, GateAct> = { green: 'pass', yellow: 'lane', red: 'stop', grey: 'ask' }

const COLOUR = { green: 'Green', yellow: 'Yellow', red: 'Red', grey: 'Grey' } as const

const empty: Subject = { subjectKind: 'Unknown', passRef: null, permitId: null, plate: null, colour: null, verdict: 'Refused', reasonCode: null }

export function ofReading(reading: Reading, pack: Pack, seen: Seen | undefined, now: number): GateAnswer {
  const pass = reading.pass
  const subject: Subject = { ...empty, subjectKind: pass ? 'Pass' : 'Unknown', passRef: pass?.reference ?? null }
  if (reading.fault !== null) {
    const known = ['Expired', 'Revoked', 'NotYetValid', 'UnknownKey', 'KeyEnded', 'NotAPass'].includes(reading.fault) ? reading.fault : 'Forged'
    return {
      tone: 'invalid', word: [`fault.${known}.word`], name: pass?.name ?? null, reason: [`fault.${known}`], until: null, advice: [`fault.${known}.do`],
      warnings: [], subject: { ...subject, reasonCode: `pass.${reading.fault}` }, stop: true,
    }
  }
  const { colour } = reading.pass
  const warnings = replay(seen, now)
  // No protocol in force: the pass is a name card, and nobody asks for a colour.
  if (!pack.protocol || !colour) {
    return {
      tone: 'name', word: ['name.word'], name: reading.pass.name, reason: null, until: null, advice: ['name.do'], warnings,
      subject: { ...subject, verdict: warnings.length > 0 ? 'Warned' : 'Passed' }, stop: false,
    }
  }
  const act = pack.protocol.acts[colour] ?? ACTS[colour]
  return {
    tone: colour, word: [`act.${act}.word`], name: reading.pass.name, reason: [`reason.${reading.pass.reason}`], until: reading.pass.expiresAt,
    advice: [`act.${act}.do`], warnings,
    subject: {
      ...subject, colour: COLOUR[colour], reasonCode: reading.pass.reason,
      verdict: act === 'stop' ? 'Refused' : act === 'pass' && warnings.length === 0 ? 'Passed' : 'Warned',
    },
    stop: act === 'stop',
  }
}

export function ofPermit(permit: Permit, gate: string, seen: Seen | undefined, now: number): GateAnswer {
  const from = Date.parse(permit.from)
  const until = Date.parse(permit.until)
  const subject: Subject = { ...empty, subjectKind: 'Permit', permitId: permit.id, plate: permit.plate ?? null }
  const base = { name: permit.name ?? permit.plate ?? null, until }
  const fault = now >= until ? 'over' : now < from ? 'early' : (permit.gates?.length ?? 0) > 0 && !permit.gates?.includes(gate) ? 'gate' : null
  if (fault) {
    return {
      ...base, tone: 'invalid', word: [`permit.${fault}.word`], reason: ['permit.is', permit.label, permit.code], advice: [`permit.${fault}.do`], warnings: [],
      subject: { ...subject, reasonCode: `permit.${fault}` }, stop: true,
    }
  }
  const warnings = replay(seen, now)
  if (permit.companions) warnings.push(['permit.companions', permit.companions])
  return {
    ...base, tone: 'green', word: ['permit.word'], reason: ['permit.is', permit.label, permit.code], advice: ['permit.do'], warnings,
    subject: { ...subject, verdict: 'Passed' }, stop: false,
  }
}

/** Nothing on this phone knows what was typed: the guard's own book takes over, nobody is sent away for that alone. */
export function ofUnknown(typed: string): GateAnswer {
  const plate = plateOf(typed)
  return {
    tone: 'grey', word: ['unknown.word'], name: plate ?? null, reason: ['unknown'], until: null, advice: ['unknown.do'], warnings: [],
    subject: { ...empty, subjectKind: plate ? 'Plate' : 'Named', plate: plate ?? null, verdict: 'Warned', reasonCode: 'unknown' }, stop: false,
  }
}

/** A Chinese number plate as it is compared: no dots, no blanks, capitals. */
export function plateOf(text: string): string | null {
  const plain = text.toUpperCase().replace(/[\s·.\-]/g, '')
  return /^[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}$/.test(plain) ? plain : null
}

function replay(seen: Seen | undefined, now: number): Line[] {
  if (!seen) return []
  const ago = now - seen.at
  if (ago < AGAIN) return [['again.just', Math.max(1, Math.round(ago / 60_000))]]
  return seen.kind === 'TurnedBack' && ago < TODAY ? [['again.back']] : []
}

/** Anti-pass-back, in warn mode: twice in without an out between, from what this phone saw itself. */
export function sameWay(seen: Seen | undefined, kind: ScanKind, within: number, now: number): boolean {
  return seen !== undefined && seen.kind === kind && (kind === 'In' || kind === 'Out') && now - seen.at < within * 60_000
}

/** A sealed gate opens for an emergency alone; whoever is let through all the same is let through for a reason. */
export function atSealedGate(answer: GateAnswer): GateAnswer {
  return { ...answer, stop: true, warnings: [['gate.sealed.warn'], ...answer.warnings] }
}
