import { held } from '../session'
import { refreshPack, sync } from '../net/sync'
import { outbox } from '../store/outbox'
import { vault } from '../store/vault'
import { banners, button, flash, sheet, topBar } from '../ui/parts'
import { h } from '../ui/dom'
import { icon, type IconName } from '../ui/icons'
import { speak, spoken, t, when } from '../texts'
import type { Screen } from './screen'

export function menuScreen(lock: () => void): Screen {
  const row = (href: string, sign: IconName, words: string, aside = '') => h('li', null, h('a', { class: 'row', href }, icon(sign), h('span', null, words), aside && h('small', null, aside)))
  const act = (sign: IconName, words: string, run: () => void) => h('li', null, h('button', { type: 'button', class: 'row', onclick: run }, icon(sign), h('span', null, words)))
  const gate = held.gate
  const refresh = async () => {
    await refreshPack()
    flash(t(sync.state.online ? 'menu.refreshed' : 'menu.not_refreshed'), sync.state.online ? 'done' : 'refused')
  }
  const element = h('div', { class: 'screen' }, topBar(t('menu.title'), { back: '#' }), banners(), h('main', { class: 'column page' },
    h('ul', { class: 'menu card' },
      (held.pack?.gates.length ?? 0) > 0 && row('#gate', 'scan', t('menu.gate'), gate?.name ?? ''),
      held.hasRounds && row('#round', 'door', t('menu.rounds')),
      held.hasTables && row('#table', 'test', t('menu.table'), held.desk ? `${held.desk.site.name} ${held.desk.table.number}` : ''),
      held.desk && row('#box', 'box', t('menu.box')),
      row('#outbox', 'list', t('menu.outbox')),
      gate && row('#paper', 'keyboard', t('menu.paper')),
      gate && h('li', null, h('a', { class: 'row', href: `/access/paper/${gate.id}`, target: '_blank', rel: 'noopener' }, icon('paper'), h('span', null, t('menu.print')))),
      (held.pack?.gates.length ?? 0) + (gate?.lanes.length ?? 0) > 2 && act('back', t('gate.change'), () => void held.leavePost().then(() => { location.hash = '#gate' })),
      held.desk && act('back', t('table.change'), () => void held.sit(null).then(() => { location.hash = '#table' })),
      act('refresh', t('menu.refresh'), () => void refresh()),
      act('info', t('menu.language'), () => { speak(spoken() === 'en' ? 'zh' : 'en'); dispatchEvent(new HashChangeEvent('hashchange')) }),
      act('lock', t('menu.lock'), lock),
      act('trash', t('menu.forget'), () => void forget())),
    h('p', { class: 'sub' }, held.own?.deviceName ?? '', ' · ', held.own?.account ?? ''),
    held.own && h('p', { class: 'help' }, t('menu.lease', when(Date.parse(held.own.leaseUntil))), held.pack && `. ${t('menu.pack', when(Date.parse(held.pack.issuedAt)))}`)))
  return { element }
}

async function forget(): Promise<void> {
  const { waiting, refused } = await outbox.counts()
  sheet(t('menu.forget'), h('p', null, t('menu.forget.text', waiting + refused)), button(t('menu.forget.do'), () => void vault.wipe().then(() => location.replace('/field/')), { kind: 'btn-danger btn-big btn-block', icon: 'trash' }))
}
