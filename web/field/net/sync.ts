// Everything between phone and server: lease, pack, facts. One tab does it for all (Web Locks); what fails is tried again later and later, never
// by all phones at once.
import { ask, askBytes, Unreachable, type Answer } from './api'
import { workOf, type Enrolment, type Lists, type Pack, type RoundPack, type TablePack } from '../pack'
import { clock } from '../store/clock'
import { outbox, type Verdict } from '../store/outbox'
import { vault } from '../store/vault'
import { readMeta, writeMeta, type FactKind } from '../store/db'

const BATCH = 500
const PACK_EVERY = 30 * 60_000
const FIRST_WAIT = 5_000
const LONGEST_WAIT = 5 * 60_000
/** Not the facts' fault: the right is away or not there yet, or two wrote at once. They go again later. */
const NOT_NOW = [403, 404, 409]

const ROUTES: Record<FactKind, { path: string; name: string }> = {
  scan: { path: '/api/v1/access/scans', name: 'scans' },
  visit: { path: '/api/v1/grid/outcomes', name: 'outcomes' },
  tube: { path: '/api/v1/screening/tubes', name: 'facts' },
}

/** withdrawn: the server took the phone's leave back; ended: its lease is over. */
export type Leave = 'held' | 'withdrawn' | 'ended'

export interface SyncState { online: boolean; since: number | null; busy: boolean; leave: Leave }

const state: SyncState = { online: navigator.onLine, since: null, busy: false, leave: 'held' }
const listeners = new Set<() => void>()
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined
let again = false
let started = false

export const sync = {
  get state(): Readonly<SyncState> { return state },

  onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },

  async start(): Promise<void> {
    state.leave = (await readMeta<Leave>('leave')) ?? 'held'
    if (started) return soon(0)
    started = true
    addEventListener('online', () => soon(Math.random() * 3_000))
    addEventListener('offline', () => lost())
    document.addEventListener('visibilitychange', () => { if (!document.hidden) soon(Math.random() * 1_000) })
    outbox.onChange(() => { if (!state.busy) soon(300 + Math.random() * 700) })
    if (!navigator.onLine) lost()
    soon(0)
  },

  /** Asked for by hand. */
  now: (): Promise<void> => { failures = 0; return run() },

  /** The lease ran out without a word from the server: one try, then what was carried is erased all the same. */
  async expire(): Promise<void> {
    await sync.now()
    const own = await vault.read<Enrolment>('enrolment')
    if (own && Date.parse(own.leaseUntil) <= clock.now()) await end('ended')
  },

  forget(): void { state.leave = 'held'; clearTimeout(timer) },
}

function tell(): void { listeners.forEach((listener) => listener()) }

function soon(wait: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void run(), wait)
}

function lost(): void {
  if (state.online || state.since === null) state.since = clock.lastContact ?? clock.now()
  state.online = false
  tell()
}

async function run(): Promise<void> {
  if (!vault.isOpen) return
  if (state.busy) { again = true; return }
  state.busy = true
  tell()
  try {
    const mine = await navigator.locks.request('tongxin-sync', { ifAvailable: true }, async (lock) => {
      if (lock) await round()
      return lock !== null
    })
    if (mine) { failures = 0; state.online = true; state.since = null }
    soon(again ? 500 : 60_000 * (0.75 + Math.random() / 2))
  } catch (failure) {
    if (failure instanceof Unreachable) lost()
    if (failure instanceof Later) { state.online = true; state.since = null }
    soon(failure instanceof Later ? failure.wait : backOff())
  } finally {
    state.busy = false
    again = false
    tell()
  }
}

/** The server is there and asks for patience. */
class Later extends Error {
  constructor(readonly wait: number) { super('later') }
}

/** Twice as long each time, half of it by chance. */
function backOff(): number {
  const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++)
  return longest * (0.5 + Math.random() / 2)
}

async function round(): Promise<void> {
  const own = await vault.read<Enrolment>('enrolment')
  if (!own) return
  const sentAt = Date.now()
  const lease = await ask<{ leaseUntil?: string; now?: string; may?: string[]; code?: string }>('/api/v1/devices/lease', { method: 'POST', token: own.token, body: {} })
  if (lease.status === 401) return end(lease.body.code)
  check(lease)
  if (lease.body.now) await clock.heard(Date.parse(lease.body.now), sentAt)
  const now: Enrolment = { ...own, leaseUntil: lease.body.leaseUntil ?? own.leaseUntil, ...workOf(lease.body.may) }
  const other = now.gates !== own.gates || now.rounds !== own.rounds || now.tables !== own.tables
  // A role that began or ended since: what it needs is fetched now, what it needed goes.
  if (other) await writeMeta('pack', undefined)
  if (other || now.leaseUntil !== own.leaseUntil) await vault.keep('enrolment', now)
  if (state.leave !== 'held') { state.leave = 'held'; await writeMeta('leave', 'held') }
  // One kind that has to wait does not hold up the others.
  const waits = [await send('scan', own.token), await send('visit', own.token), await send('tube', own.token)].includes('waits')
  await fetchPack(now)
  await outbox.tidy()
  if (waits) throw new Later(backOff())
}

async function send(kind: FactKind, token: string): Promise<'sent' | 'waits'> {
  const { path, name } = ROUTES[kind]
  let most = BATCH
  for (;;) {
    const facts = await outbox.take(kind, most)
    const [first] = facts as { id: string }[]
    if (!first) return 'sent'
    const answer = await ask<{ results?: Verdict[]; code?: string; title?: string }>(path, { method: 'POST', token, body: { [name]: facts.map(bare) }, patience: 60_000 })
    if (answer.status === 401) { await end(answer.body.code); return 'sent' }
    check(answer)
    if (NOT_NOW.includes(answer.status)) return 'waits'
    if (answer.status >= 300) {
      // Refused as a whole: by halves, until the bad fact is alone; the others go.
      if (facts.length > 1) most = Math.ceil(facts.length / 2)
      else await outbox.settle([{ id: first.id, verdict: 'refused', code: answer.body.code ?? null, reason: answer.body.title ?? null }])
      continue
    }
    const results = answer.body.results ?? []
    if (results.length === 0) throw new Later(backOff())
    await outbox.settle(results)
    most = Math.min(BATCH, most * 2)
  }
}

/** Without what is for our own lists. */
function bare(fact: unknown): unknown {
  const { label: _label, household: _household, ...rest } = fact as { label?: string; household?: string }
  return rest
}

function check(answer: Answer<unknown>): void {
  if (answer.status === 429 || answer.status >= 500) throw new Later((answer.retryAfter ?? backOff()) * (1 + Math.random() / 2))
}

async function fetchPack({ token, gates, rounds, tables }: Enrolment): Promise<void> {
  const held = await readMeta<{ at: number; etag: string | null; roundEtag: string | null; tableEtag?: string | null }>('pack')
  if (held && clock.now() - held.at < PACK_EVERY) return
  const etag = gates ? await fetchPart<Pack>('/api/v1/access/pack', 'pack', token, held?.etag) : null
  const roundEtag = rounds ? await fetchPart<RoundPack>('/api/v1/grid/pack', 'rounds', token, held?.roundEtag) : null
  const tableEtag = tables ? await fetchPart<TablePack>('/api/v1/screening/pack', 'tables', token, held?.tableEtag) : null
  if (!gates) await vault.drop('pack')
  if (!rounds) await vault.drop('rounds')
  // A gate's pack has the signed lists in it; a table reads passes too.
  if (tables && !gates) await fetchLists()
  if (!tables) await vault.drop('tables')
  await writeMeta('pack', { at: clock.now(), etag, roundEtag, tableEtag })
  packListeners.forEach((listener) => listener())
}

async function fetchLists(): Promise<void> {
  const [trust, revocations] = await Promise.all([askBytes('/api/v1/access/trust'), askBytes('/api/v1/access/revocations')])
  if (trust) await vault.keep('lists', { trust, revocations } satisfies Lists)
}

/** The tag of what is held now. A right that ended takes its part with it. */
async function fetchPart<T>(path: string, key: 'pack' | 'rounds' | 'tables', token: string, etag: string | null | undefined): Promise<string | null> {
  const answer = await ask<T>(path, { token, etag: etag ?? null })
  if (answer.status === 304) return etag ?? null
  if (answer.status === 200) await vault.keep(key, answer.body)
  else if (answer.status === 403) await vault.drop(key)
  return answer.status === 200 ? answer.etag : null
}

const packListeners = new Set<() => void>()
export function onPack(listener: () => void): void { packListeners.add(listener) }

/** For the menu: everything anew, whatever the age of what is held. */
export async function refreshPack(): Promise<void> {
  await writeMeta('pack', undefined)
  await sync.now()
}

/**
 * The leave is over. What the phone carried is erased at once; the facts that have not arrived stay sealed under PIN and browser key, and leave
 * with the next enrolment of this phone.
 */
async function end(code: string | undefined): Promise<void> {
  state.leave = code?.endsWith('revoked') ? 'withdrawn' : 'ended'
  await writeMeta('leave', state.leave)
  await writeMeta('pack', undefined)
  await vault.forgetPack()
  packListeners.forEach((listener) => listener())
  tell()
}
