import { vault } from '../store/vault'
import { h, fill } from '../ui/dom'
import { icon } from '../ui/icons'
import { wakeSound } from '../ui/signal'
import { t } from '../texts'
import type { Screen } from './screen'

const DIGITS = 6

/** Keys large enough for gloves; the hidden field takes a keyboard too. */
export function lockScreen(enter: () => Promise<void>): Screen {
  const input = h('input', { class: 'visually-hidden', type: 'password', inputmode: 'none', maxlength: DIGITS, autocomplete: 'off', autofocus: true, 'aria-label': t('lock.pin'), id: 'pin' })
  const dots = h('div', { class: 'dots', 'aria-hidden': 'true' })
  const error = h('p', { class: 'field-error', role: 'alert' })
  let busy = false

  const show = () => fill(dots, ...Array.from({ length: DIGITS }, (_, i) => h('span', { class: i < input.value.length ? 'on' : '' })))
  const attempt = async () => {
    busy = true
    fill(error, t('lock.busy'))
    const opening = await vault.open(input.value)
    if (opening === 'open') return enter()
    busy = false
    input.value = ''
    show()
    if (opening === 'wiped') return location.reload()
    navigator.vibrate?.(200)
    fill(error, icon('alert'), t('lock.wrong', await vault.triesLeft()))
  }
  const changed = () => {
    input.value = input.value.replace(/\D/g, '').slice(0, DIGITS)
    show()
    if (input.value.length === DIGITS && !busy) void attempt()
  }
  const press = (digit: string) => {
    if (busy) return
    wakeSound()
    input.value = digit === '<' ? input.value.slice(0, -1) : input.value + digit
    changed()
  }
  input.addEventListener('input', changed)
  show()
  const key = (digit: string) => digit === ''
    ? h('span', null)
    : h('button', { type: 'button', class: 'key', onclick: () => press(digit), 'aria-label': digit === '<' ? t('lock.key') : digit }, digit === '<' ? icon('undo') : digit)
  const element = h('div', { class: 'screen' }, h('main', { class: 'plain lock' },
    h('div', { class: 'plain-head' }, icon('lock'), h('h1', null, t('lock.title'))),
    input, dots, error,
    h('div', { class: 'keys' }, ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '<'].map(key)),
    h('p', { class: 'plain-foot sub' }, icon('ambulance'), ' ', t('lock.help'))))
  return { element }
}
