// The table's page: which table, then tube after tube.
import { held, type Desk } from '../session'
import { banners, topBar } from '../ui/parts'
import { h } from '../ui/dom'
import { icon } from '../ui/icons'
import { span, t } from '../texts'
import type { Screen } from '../screens/screen'
import { deskScreen } from './desk'

export function tableScreen(): Screen {
  if (!held.tables) return empty(t('table.waiting'), '')
  if (!held.hasTables) return empty(t('table.none'), t('table.none.text'))
  if (held.tables.rounds.length === 0) return empty(t('table.no_round'), t('table.no_round.text'))
  const desk = held.desk
  return desk ? deskScreen(desk) : choose()
}

function empty(title: string, text: string): Screen {
  return { element: h('div', { class: 'screen' }, topBar(t('product')), banners(), h('main', { class: 'column page' }, h('div', { class: 'empty card' }, icon('test'), h('b', null, title), h('p', { class: 'sub' }, text)))) }
}

function choose(): Screen {
  const sit = (desk: Desk) => void held.sit(desk).then(() => dispatchEvent(new HashChangeEvent('hashchange')))
  const rounds = held.tables?.rounds ?? []
  const cards = rounds.map((round) => {
    const rows = (held.tables?.sites ?? []).filter((site) => round.sites.includes(site.id)).flatMap((site) => site.tables.map((table) =>
      h('li', null, h('button', { type: 'button', class: 'row tall', onclick: () => sit({ round: round.id, site: site.id, table: table.id }) },
        icon('test'), h('span', null, t('table.is', site.name, table.number)), h('small', null, t(`lane.${table.lane}`))))))
    return h('section', { class: 'choice', 'aria-label': round.title },
      h('h2', null, round.title), h('p', { class: 'sub' }, `${round.number} · ${span(Date.parse(round.from), Date.parse(round.until))} · ${t('table.called', round.people.length)}`),
      round.isCut && h('p', { class: 'note warn' }, icon('alert'), h('span', null, t('table.cut'))),
      h('ul', { class: 'menu card' }, rows))
  })
  return { element: h('div', { class: 'screen' }, topBar(t('table.choose')), banners(), h('main', { class: 'column page' }, cards)) }
}
