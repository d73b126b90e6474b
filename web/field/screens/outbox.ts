import type { OutboxRow } from '../store/db'
import { outbox } from '../store/outbox'
import { sync } from '../net/sync'
import type { Scan } from '../gate/answer'
import type { TubeFact } from '../table/tube'
import { banners, button, topBar } from '../ui/parts'
import { fill, h } from '../ui/dom'
import { icon, type IconName } from '../ui/icons'
import { t, when } from '../texts'
import type { Screen } from './screen'

const SHOWN = 100

interface Fact extends Partial<Omit<Scan, 'kind'>> { label?: string; kind?: string; tube?: string }

/** Every record with where it is: here, there, or refused with the reason. */
export function outboxScreen(): Screen {
  const list = h('ul', { class: 'outlist card' })
  const tally = h('p', { class: 'sub', role: 'status' })
  const send = button(t('outbox.send'), () => void sync.now(), { icon: 'waiting', kind: 'btn-primary' })
  let drawing = 0

  const draw = async () => {
    const mine = ++drawing
    const [rows, counts] = await Promise.all([outbox.list(SHOWN), outbox.counts()])
    const lines = await Promise.all(rows.map(line))
    if (mine !== drawing) return
    fill(tally, t('outbox.tally', counts.waiting, counts.refused))
    fill(send, icon('waiting'), t(sync.state.busy ? 'outbox.sending' : 'outbox.send'))
    if (lines.length === 0) fill(list, h('li', { class: 'empty' }, icon('sent'), h('b', null, t('outbox.none')), h('span', { class: 'sub' }, t('outbox.none.text'))))
    else fill(list, lines, rows.length === SHOWN && h('li', { class: 'sub' }, t('outbox.shown', SHOWN)))
  }
  const stops = [outbox.onChange(() => void draw()), sync.onChange(() => void draw())]
  const element = h('div', { class: 'screen' }, topBar(t('outbox.title'), { back: '#' }), banners(), h('main', { class: 'column page' }, h('div', { class: 'outbox-head' }, tally, send), list))
  return { element, entered: () => void draw(), leave: () => stops.forEach((stop) => stop()) }
}

const SIGNS: Record<OutboxRow['state'], IconName> = { draft: 'waiting', saved: 'waiting', arrived: 'sent', refused: 'alert' }

async function line(row: OutboxRow): Promise<HTMLElement> {
  const fact = await outbox.open<Fact>(row)
  const what = row.kind === 'tube' ? tubeLine(fact as Pick<TubeFact, 'kind' | 'tube' | 'label'>) : row.kind === 'visit' ? `${t('outbox.visit')} ${fact.label ?? ''} ${t(`outcome.${fact.kind ?? 'Untried'}`)}` : `${t(`kind.${fact.kind ?? 'In'}`)} ${fact.label ?? fact.plate ?? ''}`
  const where = row.state === 'arrived' ? t('outbox.arrived', when(row.answeredAt)) : row.state === 'refused' ? t('outbox.refused', row.reason || row.code || '') : t(`outbox.${row.state}`)
  return h('li', { 'data-id': row.id, 'data-state': row.state, class: `fact ${row.state}` },
    h('span', { class: 'fact-sign' }, icon(SIGNS[row.state])),
    h('div', { class: 'what' }, h('b', null, what), h('div', { class: 'sub' }, `${when(fact.seenAt ? Date.parse(fact.seenAt) : row.at)} · `, h('span', { class: 'where' }, where)), (row.warnings ?? []).map((w) => h('div', { class: 'odd' }, icon('alert'), w.text))),
    row.state === 'refused' && button(t('outbox.retry'), () => void outbox.retry(row.id)))
}

const tubeLine = (fact: Pick<TubeFact, 'kind' | 'tube' | 'label'>): string => `${t(`tube.${fact.kind}`)} ${fact.tube} ${fact.label ?? ''}`.trim()
