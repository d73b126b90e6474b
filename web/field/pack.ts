// What the server gives a device (docs/modules/field.md has the table). Unknown fields are left alone, missing ones mean "none".

export type ColourName = 'green' | 'yellow' | 'red' | 'grey'

/** What the guard does about a colour, by the edition in force: the house decides, not this app. */
export type GateAct = 'pass' | 'lane' | 'ask' | 'stop'

export interface Gate {
  id: string
  name: string
  place?: string | null
  lanes: string[]
  /** A sealed gate lets nobody through but an emergency. */
  sealed?: boolean
  /** Within so many minutes the same way twice is warned of; 0: nobody looks. */
  passBackMinutes: number
}

export interface Permit {
  id: string
  code: string
  kind: string
  /** The kind as words. */
  label: string
  name?: string | null
  plate?: string | null
  from: string
  until: string
  companions?: number
  /** Empty: every gate. */
  gates?: string[]
  emergency?: boolean
}

export interface Protocol {
  edition: string
  title: string
  acts: Partial<Record<ColourName, GateAct>>
}

export interface Pack {
  now: string
  issuedAt: string
  account: string
  gates: Gate[]
  /** No protocol in force: names are compared and no colour is asked for. */
  protocol: Protocol | null
  permits: Permit[]
  /** Keys of the issuer and withdrawn passes, base64, as the issuing part signed them. */
  trust: string | null
  revocations: string | null
}

export interface Resident { id: string; name: string; relation: string; age?: number | null }

export interface RoundDoor {
  id: string
  label: string
  head?: string | null
  people: number
  responsible?: string | null
  care: { kind: string; label: string }[]
  open: boolean
  result?: string | null
  decidedBy?: string | null
  seenAt?: string | null
  attempts: number
  escalated?: boolean
  next?: string | null
}

export interface RoundPack {
  now: string
  rounds: { id: string; number: string; title: string; dueAt: string; doors: RoundDoor[] }[]
}

/** Keys of the issuer and withdrawn passes, base64, as they were signed. */
export type Lists = Pick<Pack, 'trust' | 'revocations'>

export type Lane = 'Normal' | 'Green' | 'Apart' | 'Home'

export interface SiteTable { id: string; number: number; lane: Lane; rate: number }

export interface Site { id: string; name: string; spot?: string | null; tables: SiteTable[] }

/** Somebody to be sampled. Names are short, numbers are salted hashes. */
export interface Member {
  id: string
  name: string
  room: string
  lane: Lane
  /** The most people in a tube that may hold this person. */
  most: number
  /** One tube for the household and nobody else in it. */
  sealed: boolean
  household: string | null
  /** The server has a sample that counts. */
  done: boolean
  /** The tube that asks for a recheck, alone. */
  recheck: string | null
  /** The household's tube by the server, where the household fits into one. */
  homeTube?: string | null
  keys: string[]
}

export interface KnownTube { code: string; table: string | null; stage: string; members: number; quarantined: boolean }

export interface Testing {
  id: string
  number: string
  title: string
  from: string
  until: string
  started: boolean
  size: number
  sites: string[]
  people: Member[]
  isCut: boolean
  tubes: KnownTube[]
}

export interface TablePack { now: string; account: string; salt: string; sites: Site[]; rounds: Testing[] }

/** What the account has to do, at a gate, at doors or at a table: known from the enrolment, and again from each contact. */
export interface Work { gates: boolean; rounds: boolean; tables?: boolean }

/** By the permissions that the server names; as it was, where it names none. */
export function workOf(may: string[] | undefined): Partial<Work> {
  return may ? { gates: may.includes('access.gates.watch'), rounds: may.includes('grid.visits.record'), tables: may.includes('screening.samples.take') } : {}
}

export interface Enrolment extends Work { deviceId: string; token: string; leaseUntil: string; deviceName: string; account: string }
