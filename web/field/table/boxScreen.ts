// Packing: the tubes in the hand are compared with the tubes in the book, then they go into a box together. Nothing is packed that is open, in
// quarantine, or of somebody else.
import { ask, Unreachable } from '../net/api'
import { held, type DeskView } from '../session'
import { banners, button, flash, sheet, topBar } from '../ui/parts'
import { fill, h } from '../ui/dom'
import { icon } from '../ui/icons'
import { signal } from '../ui/signal'
import { t } from '../texts'
import type { Screen } from '../screens/screen'
import { book } from './book'
import { serverSays, tubesOf } from './panel'
import { record } from './record'
import { isBox, isMisread, mayPack } from './rules'
import { askCode } from './sheets'
import { scanStrip } from './strip'
import { isCode, isOpen, readCode } from './tube'
import { turns } from './turns'
import { verdicts } from './verdict'

const KINDS = ['missing', 'unknown', 'open', 'boxed', 'quarantined', 'twice'] as const

type Compared = { scanned: number } & Record<(typeof KINDS)[number], string[]>

export function boxScreen(): Screen {
  const desk = held.desk
  if (!desk) { location.hash = '#table'; return { element: h('div', { class: 'screen' }) } }
  return packInto(desk)
}

function packInto(desk: DeskView): Screen {
  const over = verdicts()
  const body = h('section', { class: 'tube' })
  const strip = scanStrip((text) => void act(() => take(text)))
  const hand = new Set<string>()
  let box: string | null = null

  const act = turns(strip, () => draw())

  /** Closed here and in no box: by this phone's book, and by what the server knew of other phones at this table. */
  const expected = () => new Set([
    ...tubesOf(desk).filter((one) => !isOpen(one) && !one.voided && one.box === null && !serverSays(one.code)?.quarantined).map((one) => one.code),
    ...(held.desk ?? desk).testing.tubes.filter((one) => one.table === desk.table.id && one.stage === 'Closed' && !one.quarantined && !book.tubes.has(one.code)).map((one) => one.code),
  ])
  const draw = () => {
    const due = expected()
    const missing = [...due].filter((code) => !hand.has(code))
    strip.hint(t(box ? 'box.scan_tube' : 'box.scan'))
    fill(body,
      h('div', { class: 'tube-head' }, h('div', { class: 'what' }, h('b', { class: 'tube-code' }, box ?? t('box.none')), h('span', { class: 'sub' }, t('box.title'))),
        h('output', { class: 'tube-count', 'aria-label': t('box.count', hand.size, due.size) }, h('b', null, hand.size), ` / ${due.size}`)),
      h('div', { class: 'ways' },
        h('button', { type: 'button', class: `btn btn-huge ${box && missing.length === 0 && hand.size > 0 ? 'btn-primary' : ''}`.trim(), disabled: !box || hand.size === 0, onclick: () => void act(pack), value: 'pack' }, icon('box'), t('box.pack', hand.size)),
        h('button', { type: 'button', class: 'btn btn-huge', disabled: hand.size === 0, onclick: () => { const last = [...hand].at(-1); if (last) hand.delete(last); draw() } }, icon('undo'), t('tube.undo'))),
      missing.length > 0 && h('p', { class: 'note warn' }, icon('alert'), h('span', null, t('box.missing', missing.length, missing.slice(0, 8).join('、')))),
      h('ol', { class: 'seats' }, [...hand].reverse().map((code) => h('li', null, h('span', null, code), h('small', null, t('table.people', book.tubes.get(code)?.members ?? serverSays(code)?.members ?? 0))))))
  }
  const take = (text: string): Promise<void> | void => {
    const code = readCode(text)
    if (!isCode(code)) return over.refuse(['rule.code_invalid'])
    if (isMisread(code)) return over.refuse(['rule.misread', code])
    if (!box || isBox(code)) {
      if (book.tubes.has(code) || serverSays(code)) return over.refuse(['box.first'])
      box = code
      return signal('name')
    }
    if (hand.has(code)) {
      signal('yellow')
      return flash(t('box.twice', code), 'refused')
    }
    const ruling = mayPack(code, book.tubes.get(code), serverSays(code))
    if (ruling.does !== 'take') return over.refuse(ruling.why)
    hand.add(code)
    signal('green')
  }
  const pack = async () => {
    if (!box) return
    for (const code of [...hand]) {
      if (!(await record(desk, 'Boxed', code, { box, label: box }))) return
      hand.delete(code)
    }
    flash(t('box.packed', box))
    signal('name')
    box = null
  }
  const type = async () => {
    const typed = await askCode(box !== null)
    if (typed) await take(typed)
  }
  /** The server sees what other phones did; without a network the own book has to do. */
  const compare = async () => {
    try {
      const answer = await ask<Compared>('/api/v1/screening/tubes/reconcile', {
        method: 'POST', ...(held.own && { token: held.own.token }), body: { round: desk.testing.id, site: desk.site.id, table: desk.table.id, codes: [...hand] },
      })
      if (answer.status !== 200) return flash(t('box.not_compared'), 'refused')
      const odd = KINDS.filter((key) => answer.body[key].length > 0)
      sheet(t('box.compare'), odd.length === 0
        ? h('p', { class: 'note good' }, icon('check'), h('span', null, t('box.agrees', answer.body.scanned)))
        : odd.map((key) => h('p', { class: 'note warn' }, icon('alert'), h('span', null, t(`box.diff.${key}`, answer.body[key].length, answer.body[key].join('、'))))))
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure
      flash(t('box.offline'), 'refused')
    }
  }
  const stop = book.onChange(draw)
  const element = h('div', { class: 'screen desk' }, topBar(t('box.page', desk.site.name, desk.table.number), { back: '#table' }), banners(),
    h('main', { class: 'page' }, strip.element, h('div', { class: 'column desk-page' }, body, h('div', { class: 'desk-tools' },
      button(t('table.type'), () => void act(type), { icon: 'keyboard', kind: 'btn-tool' }), button(t('box.compare'), () => void act(compare), { icon: 'refresh', kind: 'btn-tool' }), strip.light))), over.element)
  return { element, entered: () => { draw(); void book.refresh(); void strip.start() }, leave: () => { stop(); strip.stop() } }
}
