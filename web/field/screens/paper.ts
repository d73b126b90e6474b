// The paper list comes back: code, time, direction. The fact's id is made from the printed code, so a line entered twice is one fact.
import { held } from '../session'
import { clock } from '../store/clock'
import { lineId } from '../gate/paper'
import { record } from '../gate/record'
import { ofPermit, ofUnknown, type ScanKind } from '../gate/answer'
import { banners, flash, topBar } from '../ui/parts'
import { fill, h } from '../ui/dom'
import { icon } from '../ui/icons'
import { t } from '../texts'
import type { Screen } from './screen'

export function paperScreen(): Screen {
  const now = new Date(clock.now() + 8 * 3_600_000).toISOString()
  const code = h('input', { class: 'form-control', name: 'code', required: true, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', autofocus: true })
  const time = h('input', { class: 'form-control', name: 'time', type: 'datetime-local', required: true, value: now.slice(0, 16), max: now.slice(0, 16) })
  // A line that was scanned on the gate's screen.
  code.value = decodeURIComponent(location.hash.split('?')[1] ?? '')
  const error = h('p', { class: 'field-error', role: 'alert' })

  const enter = async (kind: ScanKind) => {
    fill(error)
    const gate = held.gate
    const pack = held.pack
    if (!gate || !pack) return
    // Campus time, whatever the phone's zone.
    const at = Date.parse(`${time.value}:00+08:00`)
    const typed = code.value.toUpperCase().replace(/[\s·-]/g, '').replace(/^TXP:/, '')
    const permit = pack.permits.find((p) => p.code.toUpperCase().replace(/-/g, '') === typed)
    const id = await lineId(typed, kind, permit !== undefined, at)
    if (!id) return fill(error, icon('alert'), t('paper.bad'))
    if (!(at <= clock.now())) return fill(error, icon('alert'), t('paper.future'))
    const subject = permit ? ofPermit(permit, gate.id, undefined, at).subject : { ...ofUnknown('').subject, reasonCode: 'paper' }
    if (await record(subject, kind, { id, at, label: permit?.name ?? code.value, paper: true })) {
      flash(t('paper.done', code.value.toUpperCase()))
      code.value = ''
      code.focus()
    }
  }
  const element = h('div', { class: 'screen' }, topBar(t('paper.title'), { back: '#' }), banners(), h('main', { class: 'column page' },
    h('p', { class: 'sub' }, t('paper.about')),
    h('div', { class: 'card pad' },
      h('label', { class: 'field' }, h('span', { class: 'label' }, t('paper.code')), code),
      h('label', { class: 'field' }, h('span', { class: 'label' }, t('paper.time')), time),
      error,
      h('div', { class: 'ways', role: 'group', 'aria-label': t('paper.way') },
        h('button', { type: 'button', class: 'btn btn-big', onclick: () => void enter('In') }, icon('enter'), t('answer.in')),
        h('button', { type: 'button', class: 'btn btn-big', onclick: () => void enter('Out') }, icon('leave'), t('answer.out'))))))
  return { element }
}
