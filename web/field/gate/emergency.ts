// Pressed means: the gate is open. The time is on the disk at once; words may follow or not.
import { clock } from '../store/clock'
import { newId } from '../store/ids'
import { h } from '../ui/dom'
import { icon } from '../ui/icons'
import { flash } from '../ui/parts'
import { signal } from '../ui/signal'
import { t, when } from '../texts'
import { outbox } from '../store/outbox'
import type { Subject } from './answer'
import { plateOf } from './answer'
import { record } from './record'

const WAIT = 120_000

export function emergency(done: () => void, who?: Subject): HTMLElement {
  const at = clock.now()
  const id = newId(at)
  const subject: Subject = who ?? { subjectKind: 'Unknown', passRef: null, permitId: null, plate: null, colour: null, verdict: 'Passed', reasonCode: 'emergency' }
  const plate = h('input', { class: 'form-control', name: 'plate', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false' })
  const people = h('input', { class: 'form-control', name: 'companions', type: 'number', inputmode: 'numeric', min: 0, max: 20 })
  signal('red')
  document.querySelector('.toast')?.remove()
  const first = record(subject, 'Emergency', { id, at, draft: true, reason: 'emergency', label: null })
  // Nobody came back to it: the fact leaves as it is.
  const later = setTimeout(() => void finish(), WAIT)
  const finish = async () => {
    clearTimeout(later)
    if (await first) await outbox.promoteDrafts()
    done()
  }
  const add = async (event: Event) => {
    event.preventDefault()
    clearTimeout(later)
    const number = plateOf(plate.value)
    await first
    const saved = await record(number ? { ...subject, subjectKind: subject.subjectKind === 'Unknown' ? 'Plate' : subject.subjectKind } : subject, 'Emergency',
      { id, at, reason: 'emergency', plate: number ?? subject.plate, companions: Math.max(0, Math.min(20, Number(people.value) || 0)), label: number })
    if (saved) flash(t('answer.saved', t('kind.Emergency'), number ?? ''))
    done()
  }
  return h('section', { class: 'answer tone-emergency', role: 'alertdialog', 'aria-label': t('emergency.title') },
    h('div', { class: 'answer-top' }, icon('ambulance'), h('p', { class: 'word' }, t('emergency.title')), h('p', { class: 'advice' }, t('emergency.now', when(at)))),
    h('form', { class: 'answer-form', onsubmit: (event: Event) => void add(event) },
      h('label', { class: 'field' }, h('span', { class: 'label' }, t('emergency.plate')), plate),
      h('label', { class: 'field' }, h('span', { class: 'label' }, t('emergency.companions')), people),
      h('button', { type: 'submit', class: 'btn btn-big btn-block' }, icon('check'), t('emergency.done')),
      h('button', { type: 'button', class: 'btn btn-block btn-outline', onclick: () => void finish() }, t('emergency.later'))))
}
