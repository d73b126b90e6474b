// The tube on the table: its code, how full it is, who is in it, and the two large buttons; below, the tubes of this table with where they are.
import { held, type DeskView } from '../session'
import { h, type Child } from '../ui/dom'
import { icon } from '../ui/icons'
import { t, when } from '../texts'
import { book, delivery } from './book'
import { pace } from './pace'
import { filled, HOUSEHOLD_SIZE, isOpen, type Purpose, type Tube } from './tube'

/** What the next tube is for. */
export interface Next { purpose: Purpose; size: number; recheckOf?: string }

export interface PanelState {
  desk: DeskView
  tube: Tube | undefined
  paper: number
  next: Next
  others: Tube[]
  now: number
  choose: (next: Next) => void
  change: (code: string) => void
  close: () => void
  undo: () => void
}

const DAY = 24 * 3_600_000
const SHOWN = 40

/** What the hand needs. */
export function panelOf(state: PanelState): Child[] {
  return [state.desk.testing.started ? null : h('p', { class: 'note warn' }, icon('clock'), h('span', null, t('table.not_started'))), state.tube ? onTable(state.tube, state) : noTube(state), others(state)]
}

/** What is read in a quiet minute: who is in the tube, how fast the table is, where its tubes are. */
export function belowOf({ desk, tube, paper, now }: PanelState): Child[] {
  const own = tubesOf(desk).reverse()
  return [tube && filled(tube, paper) > 0 ? seatsOf(tube, paper) : null, paceOf(own, desk, now), own.length > 0 ? tubesList(own) : null]
}

const seatsOf = (tube: Tube, paper: number) => h('ol', { class: 'seats card' }, tube.seats.map((seat) => h('li', null, h('span', null, seat.label), h('small', null, when(seat.at)))),
  paper > 0 && h('li', null, h('span', null, t('slip.count', paper))))

function paceOf(own: Tube[], desk: DeskView, now: number): HTMLElement {
  const speed = pace(own.flatMap((one) => one.seats.map((s) => s.at)).filter((at) => at > now - DAY), now)
  const figure = (words: string, value: string | number) => h('div', null, h('dt', null, words), h('dd', null, value))
  return h('dl', { class: 'desk-pace' }, figure(t('pace.all'), speed.all), figure(t('pace.hour'), speed.lastHour), figure(t('pace.rate'), `${speed.rate ?? '—'} / ${desk.table.rate}`),
    figure(t('pace.tubes'), own.filter((one) => !isOpen(one)).length))
}

function noTube({ next, desk, choose }: PanelState): HTMLElement {
  const kinds: [Next, string][] = [
    [{ purpose: 'Round', size: desk.testing.size }, t('purpose.pool', desk.testing.size)],
    [{ purpose: 'Household', size: HOUSEHOLD_SIZE }, t('purpose.Household')],
    [{ purpose: 'Round', size: 1 }, t('purpose.single')],
    [{ purpose: 'Recheck', size: 1 }, t('purpose.Recheck')],
  ]
  const shown = desk.testing.size === 1 ? kinds.slice(1) : kinds
  return h('div', { class: 'tube-none' }, icon('test'), h('p', { class: 'tube-word' }, t('tube.scan')),
    h('div', { class: 'tube-kinds', role: 'group', 'aria-label': t('purpose') }, shown.map(([kind, words]) =>
      h('button', { type: 'button', class: 'btn', 'aria-pressed': String(kind.purpose === next.purpose && kind.size === next.size), onclick: () => choose(kind) }, words))))
}

function onTable(tube: Tube, { paper, close, undo }: PanelState): HTMLElement {
  const count = filled(tube, paper)
  const full = count >= tube.size
  const last = tube.seats[tube.seats.length - 1]
  return h('div', { class: `tube-on ${full ? 'full' : ''}`.trim(), 'data-tube': tube.code },
    h('div', { class: 'tube-head' }, h('div', { class: 'what' }, h('b', { class: 'tube-code' }, tube.code), h('span', { class: 'sub' }, tube.purpose === 'Round' ? t('purpose.pool', tube.size) : t(`purpose.${tube.purpose}`))),
      h('output', { class: 'tube-count', 'aria-label': t('tube.count', count, tube.size) }, h('b', null, count), tube.purpose === 'Household' ? '' : ` / ${tube.size}`)),
    last && h('p', { class: 'tube-last' }, icon('check'), last.label),
    full && tube.purpose !== 'Household' && h('p', { class: 'tube-full' }, icon('lock'), t('tube.close_now')),
    h('div', { class: 'ways' },
      h('button', { type: 'button', class: `btn btn-huge ${full ? 'btn-primary' : ''}`.trim(), disabled: count === 0, onclick: close, value: 'close' }, icon('lock'), t('tube.close', count)),
      h('button', { type: 'button', class: 'btn btn-huge', disabled: !last, onclick: undo, value: 'undo', 'aria-label': last ? t('tube.undo_of', last.label) : t('tube.undo') }, icon('undo'), t('tube.undo'))))
}

function others({ others: open, change }: PanelState): HTMLElement | null {
  if (open.length === 0) return null
  return h('div', { class: 'tube-kinds', role: 'group', 'aria-label': t('tube.others') }, h('span', { class: 'sub' }, t('tube.others')),
    open.map((one) => h('button', { type: 'button', class: 'btn', onclick: () => change(one.code) }, icon('test'), h('span', null, `${one.code} ${one.seats.length}/${one.size}`))))
}

export const tubesOf = ({ testing, table }: DeskView): Tube[] => [...book.tubes.values()].filter((one) => one.round === testing.id && one.table === table.id)

/** What the server knows of a tube, as the pack has it. */
export const serverSays = (code: string) => held.desk?.testing.tubes.find((one) => one.code === code)

function tubesList(own: Tube[]): HTMLElement {
  return h('details', { class: 'card tubes-card', open: own.some((one) => delivery(one.code).warnings.length > 0) }, h('summary', null, icon('list'), h('span', null, t('tubes.title', own.length)), icon('down')),
    h('ul', { class: 'outlist' }, own.slice(0, SHOWN).map(line)))
}

function line(tube: Tube): HTMLElement {
  const { waiting, refused, warnings } = delivery(tube.code)
  const server = serverSays(tube.code)
  const state = refused > 0 ? 'refused' : waiting > 0 ? 'saved' : 'arrived'
  const stage = tube.voided ? t('stage.voided') : tube.box ? t('stage.boxed', tube.box) : tube.members !== null ? t('stage.closed', tube.members) : t('stage.open', tube.seats.length, tube.size)
  return h('li', { class: `fact ${state}`, 'data-tube': tube.code, 'data-state': state },
    h('span', { class: 'fact-sign' }, icon(state === 'refused' ? 'alert' : state === 'saved' ? 'waiting' : 'sent')),
    h('div', { class: 'what' }, h('b', null, tube.code), h('div', { class: 'sub' }, `${stage} · ${when(tube.openedAt)} · `, h('span', { class: 'where' }, t(`delivery.${state}`, state === 'refused' ? refused : waiting))),
      server?.quarantined && h('div', { class: 'odd' }, icon('ban'), t('rule.quarantined', tube.code)),
      warnings.map((warning) => h('div', { class: 'odd' }, icon('alert'), warning.text))))
}
