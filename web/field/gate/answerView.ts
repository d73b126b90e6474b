// The answer that fills the screen: sign, word, name, why, until, what to do; then In and Out.
import { held } from '../session'
import { clock } from '../store/clock'
import { h, fill } from '../ui/dom'
import { icon, type IconName } from '../ui/icons'
import { flash, sheet } from '../ui/parts'
import { sign } from '../ui/signs'
import { t, when } from '../texts'
import { sameWay, type GateAnswer, type ScanKind } from './answer'
import { emergency } from './emergency'
import { memory } from './memory'
import { record } from './record'
import { emergencyButton } from './screen'

const TURN = ['expired', 'invalid', 'person', 'colour', 'fever', 'closed', 'other'] as const
const ANYWAY = ['home', 'care', 'checked', 'order', 'other'] as const
const WAY = 'tx-field-way'
const FEVER = 37.3

export function answerView(answer: GateAnswer, text: string, done: () => void): HTMLElement {
  document.querySelector('.toast')?.remove()
  const { subject } = answer
  const key = subject.passRef ?? subject.permitId
  const last = localStorage.getItem(WAY) === 'Out' ? 'Out' : 'In'
  const warm = h('input', { class: 'form-control', name: 'temperature', type: 'number', inputmode: 'decimal', step: 0.1, min: 34, max: 43, placeholder: '36.5', 'aria-label': t('answer.temperature') })
  const fever = h('p', { class: 'warning', hidden: true })
  let companions = 0
  const count = h('output', null, '0')
  const step = (by: number) => {
    companions = Math.max(0, Math.min(20, companions + by))
    fill(count, String(companions))
  }
  warm.addEventListener('input', () => {
    const degrees = Number(warm.value)
    fever.hidden = !(degrees >= FEVER)
    fill(fever, icon('alert'), t('answer.fever', degrees))
  })

  let busy = false
  const save = async (kind: ScanKind, reason?: string) => {
    if (busy) return
    busy = true
    const now = clock.now()
    const twice = sameWay(memory.of(key), kind, held.gate?.passBackMinutes ?? 0, now)
    const degrees = Number(warm.value)
    const fact = kind === 'TurnedBack' ? { ...subject, verdict: 'Refused' as const } : (twice || answer.stop) ? { ...subject, verdict: 'Warned' as const } : subject
    const saved = await record(fact, kind, {
      reason: reason ?? (twice ? 'again' : null), companions, label: answer.name ?? (subject.subjectKind === 'Named' ? text.trim().slice(0, 24) : null),
      temperature: warm.value !== '' && degrees >= 30 && degrees <= 45 ? degrees : null,
    })
    busy = false
    if (!saved) return
    if (kind !== 'TurnedBack') localStorage.setItem(WAY, kind)
    flash(t('answer.saved', t(`kind.${kind}`), answer.name ?? t('answer.nobody')) + (twice ? ` · ${t('answer.same', t(`kind.${kind}`))}` : ''))
    done()
  }
  const ask = (title: string, kind: ScanKind, group: 'turn' | 'anyway', codes: readonly string[]) => {
    const dialog = sheet(title, h('div', { class: 'reasons' }, codes.map((code) => h('button', { type: 'button', class: 'btn btn-big', onclick: () => { dialog.close(); void save(kind, `${group}.${code}`) } }, t(`${group}.${code}`)))))
  }
  const pass = (kind: 'In' | 'Out') => (answer.stop ? ask(t('anyway.title'), kind, 'anyway', ANYWAY) : void save(kind))
  const turn = () => ask(t('turn.title'), 'TurnedBack', 'turn', TURN)
  const way = (kind: 'In' | 'Out', sign: IconName) => h('button', { type: 'button', class: `btn btn-huge ${!answer.stop && last === kind ? 'first' : ''}`.trim(), onclick: () => pass(kind) }, icon(sign), t(kind === 'In' ? 'answer.in' : 'answer.out'))

  const view = h('section', { class: `answer tone-${answer.tone}`, role: 'alertdialog', 'aria-label': t(...answer.word), 'data-tone': answer.tone },
    h('button', { type: 'button', class: 'btn btn-icon answer-close', 'aria-label': t('answer.close'), onclick: done }, icon('x')),
    h('div', { class: 'answer-top' },
      sign(answer.tone),
      h('p', { class: 'word' }, t(...answer.word)),
      answer.name && h('p', { class: 'who' }, answer.name),
      h('p', { class: 'because' }, answer.reason && t(...answer.reason), answer.reason && answer.until && ' · ', answer.until && t('answer.until', when(answer.until))),
      h('p', { class: 'advice' }, t(...answer.advice)),
      answer.warnings.map((line) => h('p', { class: 'warning' }, icon('alert'), t(...line))), fever),
    h('div', { class: 'answer-acts' },
      h('details', { class: 'more' }, h('summary', null, icon('plus'), t('answer.more')), h('div', { class: 'more-fields' },
        h('label', null, h('span', null, t('answer.temperature')), warm),
        h('div', { class: 'stepper', role: 'group', 'aria-label': t('answer.companions') }, h('span', null, t('answer.companions')),
          h('button', { type: 'button', class: 'btn btn-icon', onclick: () => step(-1), 'aria-label': t('answer.less_one') }, icon('minus')), count,
          h('button', { type: 'button', class: 'btn btn-icon', onclick: () => step(1), 'aria-label': t('answer.more_one') }, icon('plus'))))),
      answer.stop
        ? [h('button', { type: 'button', class: 'btn btn-huge first wide', onclick: turn }, icon('hand'), t('answer.turn')), h('div', { class: 'ways small' }, h('span', null, t('answer.anyway')), way('In', 'enter'), way('Out', 'leave'))]
        : h('div', { class: 'ways' }, way('In', 'enter'), way('Out', 'leave')),
      h('div', { class: 'last' },
        !answer.stop && h('button', { type: 'button', class: 'btn btn-outline', onclick: turn }, icon('hand'), t('answer.turn')),
        emergencyButton(() => view.replaceWith(emergency(done, subject))))))
  return view
}
