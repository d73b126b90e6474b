// Scan the tube, scan people until it is full, close, next. One thing is on the screen at a time: what is scanned next, how full the tube is, and
// two buttons of 96 px. Everything is kept on this phone first; nothing waits for a network.
import { held, type DeskView } from '../session'
import type { Member } from '../pack'
import { clock } from '../store/clock'
import { outbox } from '../store/outbox'
import { banners, button, flash, topBar } from '../ui/parts'
import { fill, h } from '../ui/dom'
import { icon } from '../ui/icons'
import { signal, wakeSound } from '../ui/signal'
import { t } from '../texts'
import type { Screen } from '../screens/screen'
import type { Verify } from '../gate/lookup'
import { book } from './book'
import { Finder, type Found } from './find'
import { saltOf } from './keys'
import { belowOf, panelOf, serverSays, type Next, type PanelState } from './panel'
import { record } from './record'
import { isBox, isMisread, isOurTube, mayClose, mayOpen, mayTake, type Line } from './rules'
import { askCode, askLead, askPerson, askRecheck, askSlip, askSpoilt, askWho, nameOf } from './sheets'
import { slips } from './slips'
import { scanStrip } from './strip'
import { filled, isOpen, readCode, type Tube } from './tube'
import { turns } from './turns'
import { adviceOn, verdicts } from './verdict'
import { stayAwake } from './wake'

const SETTLE = 400
/** At a table a pass says who somebody is; whether its time is over is for a gate. Only a code that we did not sign says nothing. */
const STILL_SAYS_WHO = ['Expired', 'Revoked', 'NotYetValid']

export function deskScreen(desk: DeskView): Screen {
  const { testing, site, table } = desk
  const usual: Next = { purpose: 'Round', size: testing.size }
  const over = verdicts()
  const panel = h('section', { class: 'tube' })
  const below = h('div', { class: 'below' })
  const strip = scanStrip((text) => void act(() => take(text)))
  const stops: (() => void)[] = []
  let packed = held.tables
  let finder = new Finder(testing.people, saltOf(packed?.salt ?? ''))
  let current: string | null = null
  let next = usual
  let paper = 0
  let verify: Promise<Verify> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined

  const tube = (): Tube | undefined => (current === null ? undefined : book.tubes.get(current))
  const openHere = () => [...book.tubes.values()].filter((one) => isOpen(one) && one.table === table.id && one.round === testing.id)
  const verifier = () => (verify ??= import('../gate/verify').then((m) => m.makeVerifier(held.lists ?? { trust: null, revocations: null })))

  /** As the last pack has it: a round begins while somebody sits here. */
  const latest = () => (held.desk?.table.id === table.id && held.desk.testing.id === testing.id ? held.desk : desk)

  const act = turns(strip, () => draw())

  const draw = () => {
    const now = tube()
    if (now && !isOpen(now)) current = null
    const shown = tube()
    strip.hint(t(!shown ? 'tube.scan' : filled(shown, paper) >= shown.size ? 'tube.close_now' : 'tube.scan_person'))
    const state: PanelState = {
      desk: latest(), tube: shown, paper, next, others: openHere().filter((one) => one.code !== current), now: clock.now(),
      choose: (chosen) => void act(() => prepare(chosen)), change: (code) => void act(() => go(code)), close: () => void act(close), undo: () => void act(undo),
    }
    fill(panel, panelOf(state))
    fill(below, belowOf(state))
  }

  const go = async (code: string | null) => {
    current = code
    paper = code === null ? 0 : await slips.of(code)
    draw()
  }

  /** A pack that came meanwhile: who is called and who is done by it. */
  const renew = () => {
    if (!held.tables || held.tables === packed) return
    packed = held.tables
    finder = new Finder(held.desk?.testing.people ?? testing.people, saltOf(packed.salt))
  }

  /** A scan or typed words: a tube while none is open, a person while one is; our labels are known for what they are. */
  const take = async (text: string) => {
    renew()
    const code = readCode(text)
    if (/^TX\d:/.test(code)) return tube() ? byPass(text.trim()) : over.refuse(['rule.not_opened'])
    if (!tube() || isOurTube(code) || isBox(code) || isMisread(code) || book.tubes.has(code)) return tubeScanned(code)
    return personFound(await finder.byText(text), text)
  }

  const tubeScanned = async (code: string) => {
    const now = tube()
    const known = book.tubes.get(code)
    if (now && code === now.code) return flash(t('tube.is_this', code))
    if (known && isOpen(known) && known.table === table.id && known.round === testing.id) { signal('name'); return go(code) }
    if (now && filled(now, paper) > 0) return over.refuse(['rule.close_first', now.code])
    const ruling = mayOpen(code, known, serverSays(code), testing.id, table.id)
    if (ruling.does === 'refuse') return over.refuse(ruling.why)
    const doubt: Line | null = ruling.does === 'take' ? await likePerson(code) : ruling.why
    if (!doubt || await over.ask({ tone: 'yellow', word: t('table.sure'), why: doubt, acts: [{ does: true, words: t('tube.open_it'), icon: 'check' }] })) await open(code)
  }

  /** A card, a number or a room before any tube: nobody wants a tube of that name. */
  const likePerson = async (code: string): Promise<Line | null> => {
    const [one] = isOurTube(code) ? [] : (await finder.byText(code)).people
    return one ? ['rule.person_first', nameOf(one)] : null
  }

  const open = async (code: string) => {
    if (!(await record(desk, 'Opened', code, { ...next, site: site.id, table: table.id, label: t(`purpose.${next.purpose}`) }))) return
    signal('name')
    next = usual
    await go(code)
  }

  /** The next tube is another: of a household, of one, or for a recheck. */
  const prepare = async (chosen: Next) => {
    next = chosen
    if (chosen.purpose !== 'Recheck') return
    const recheckOf = await askRecheck(testing)
    if (recheckOf) next = { ...chosen, recheckOf: readCode(recheckOf) }
  }

  const byPass = async (text: string) => {
    const { pass, fault } = await (await verifier())(text, clock.now())
    if (!pass || (fault !== null && !STILL_SAYS_WHO.includes(fault))) return nobody('', 'person.bad_pass')
    return personFound(await finder.byPass(pass.reference, pass.name), '')
  }

  const personFound = async ({ how, people }: Found, text: string) => {
    const [only] = people
    if (!only) return nobody(text, 'person.not_called')
    // A code means one person; typed words are compared with the person first.
    const person = people.length === 1 && (how === 'pass' || how === 'card') ? only : await askPerson(people)
    if (person) await consider(person)
  }

  const nobody = async (text: string, why: string): Promise<void> => {
    const then = await over.ask<'type' | 'slip'>({
      tone: 'grey', word: t('person.none'), why: [why], advice: t('person.none.do'),
      acts: [{ does: 'type', words: t('table.type'), icon: 'keyboard' }, { does: 'slip', words: t('slip.do'), icon: 'slip' }],
    })
    if (then === 'type') await type(text)
    if (then === 'slip') await slip()
  }

  const consider = async (person: Member, leads?: string): Promise<void> => {
    const now = tube()
    const ruling = mayTake(now, person, table.lane, paper, book.holding(person.id, testing.id, now?.code), leads !== undefined, book.otherOfHousehold(now, person, latest().testing.people))
    if (ruling.does === 'take') return seat(person, leads)
    if (ruling.does === 'refuse') return over.refuse(ruling.why, nameOf(person))
    const isLeads = ruling.does === 'lead'
    const yes = await over.ask({
      tone: isLeads ? 'red' : 'yellow', word: t(isLeads ? 'table.no' : 'table.sure'), who: nameOf(person), why: ruling.why, advice: adviceOn(ruling.why),
      acts: [{ does: true, words: t(isLeads ? 'lead.let' : ruling.why[0] === 'rule.household_split' ? 'household.take' : 'person.again'), icon: isLeads ? 'users' : 'plus' }],
    })
    if (!yes) return
    if (!isLeads) return seat(person, leads)
    const said = await askLead()
    if (said) await consider(person, said)
  }

  const seat = async (person: Member, leads?: string) => {
    const now = tube()
    if (!now || !(await record(desk, 'Sampled', now.code, { person: person.id, label: nameOf(person), household: person.household, ...(leads && { reason: t('lead.reason', leads) }) }))) return
    const count = filled(tube() ?? now, paper)
    const full = count >= now.size
    signal(full ? 'yellow' : 'green')
    flash(t(full ? 'tube.is_full' : 'tube.took', nameOf(person), count, now.size))
  }

  const undo = async () => {
    const now = tube()
    const last = now?.seats.at(-1)
    if (now && last && await record(desk, 'Withdrawn', now.code, { corrects: last.fact, label: last.label })) flash(t('tube.undone', last.label))
  }

  const close = async () => {
    const now = tube()
    const ruling = mayClose(now, paper)
    if (ruling.does !== 'take') return over.refuse(ruling.why)
    if (!now) return
    const count = filled(now, paper)
    const sure = count >= now.size || now.purpose !== 'Round' || await over.ask({
      tone: 'yellow', word: t('tube.not_full', count, now.size), why: ['tube.not_full.text'], acts: [{ does: true, words: t('tube.close', count), icon: 'lock' }],
    })
    if (!sure || !(await record(desk, 'Closed', now.code, { members: count, ...(paper > 0 && { reason: t('slip.reason', paper) }), label: t('table.people', count) }))) return
    await slips.set(now.code, 0)
    signal('name')
    flash(t('tube.closed', now.code, count))
    await go(null)
  }

  /** Somebody whom nothing identifies: one more in the tube, with a line on the tube's paper slip. */
  const slip = async () => {
    const now = tube()
    if (!now) return over.refuse(['rule.not_opened'])
    const by = await askSlip(now, paper)
    if (!by) return
    if (by > 0 && filled(now, paper) >= now.size) return over.refuse(['rule.full', now.size])
    paper += by
    await slips.set(now.code, paper)
    if (by > 0) signal('green')
  }

  const type = async (known = '') => {
    const typed = await (tube() ? askWho(known) : askCode(true))
    if (typed) await take(typed)
  }

  const spoil = async () => {
    const now = tube()
    const why = now && await askSpoilt(now, paper)
    if (now && why && await record(desk, 'Voided', now.code, { reason: why, label: why })) await go(null)
  }

  const tool = (words: string, sign: Parameters<typeof icon>[0], does: () => Promise<void>) => button(words, () => void act(does), { icon: sign, kind: 'btn-tool' })
  const element = h('div', { class: 'screen desk', onpointerdown: wakeSound }, topBar(t('table.is', site.name, table.number)), banners(),
    h('main', { class: 'page' }, strip.element, h('div', { class: 'column desk-page' }, panel,
      h('div', { class: 'desk-tools' },
        tool(t('table.type'), 'keyboard', () => type()), tool(t('slip.button'), 'slip', slip), strip.light,
        tool(t('tube.park'), 'plus', () => go(null)), tool(t('void.button'), 'trash', spoil), h('a', { class: 'btn btn-tool', href: '#box' }, icon('box'), h('span', null, t('menu.box')))),
      below)),
    over.element)
  return {
    element,
    entered: () => {
      stops.push(stayAwake(), book.onChange(draw), outbox.onChange(() => { clearTimeout(settling); settling = setTimeout(() => void book.refresh(), SETTLE) }))
      const minute = setInterval(draw, 60_000)
      stops.push(() => clearInterval(minute))
      void book.refresh()
      void go(openHere().at(-1)?.code ?? null)
      void strip.start()
      void verifier()
    },
    leave: () => {
      clearTimeout(settling)
      stops.forEach((stop) => stop())
      strip.stop()
    },
  }
}
