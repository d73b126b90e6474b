// Once, with a network: the account's own sign-in gives the phone a token of its own; a PIN seals what it will carry.
import { ask, Unreachable } from '../net/api'
import { sync } from '../net/sync'
import { workOf, type Enrolment, type Work } from '../pack'
import { outbox } from '../store/outbox'
import { vault } from '../store/vault'
import { writeMeta } from '../store/db'
import { clock } from '../store/clock'
import { button } from '../ui/parts'
import { h, fill } from '../ui/dom'
import { icon } from '../ui/icons'
import { wakeSound } from '../ui/signal'
import { spoken, speak, t } from '../texts'
import type { Screen } from './screen'

interface Start extends Work { account: string; allowed: boolean; header: string; token: string; may?: string[] }

const DIGITS = 6
const GUESSED = /^(\d)\1{5}$|^(012345|123456|654321|111222|123123|112233|520520|520131|131452)$/

export async function enrolScreen(enter: () => Promise<void>): Promise<Screen> {
  const body = h('main', { class: 'plain' })
  const element = h('div', { class: 'screen' }, body)
  const look = async () => {
    try {
      const start = await ask<Start>('/api/v1/access/field/start')
      if (start.status === 401) return fill(body, head(), h('h2', null, t('enrol.sign_in')), h('p', null, t('enrol.sign_in.text')), h('a', { class: 'btn btn-primary btn-big btn-block', href: '/sign-in?return=%2Ffield%2F' }, t('enrol.go')), other())
      if (start.status !== 200 || !start.body.allowed) return fill(body, head(), h('p', { class: 'note refused' }, icon('alert'), h('span', null, t('enrol.nobody'))), other())
      fill(body, head(), await form(start.body, enter), other())
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure
      fill(body, head(), h('p', { class: 'note warn' }, icon('offline'), h('span', null, t('enrol.offline'))), button(t('enrol.again'), () => void look(), { kind: 'btn-big btn-block', icon: 'refresh' }), other())
    }
  }
  await look()
  return { element }
}

const head = () => h('div', { class: 'plain-head' }, h('img', { src: '/icon.svg', alt: '', width: 56, height: 56 }), h('h1', null, t('enrol.title')), h('p', { class: 'sub' }, t('enrol.about')))

const other = () => h('p', { class: 'plain-foot' }, button(t('menu.language'), () => { speak(spoken() === 'en' ? 'zh' : 'en'); location.reload() }, { kind: 'btn-quiet' }))

async function form(start: Start, enter: () => Promise<void>): Promise<HTMLFormElement> {
  const { waiting } = await outbox.counts()
  // Facts of an earlier enrolment lie under the old key: it is kept, so they can leave.
  const keep = waiting > 0 && (await vault.exists())
  const name = h('input', { class: 'form-control', name: 'device', maxlength: 60, required: true, value: t('enrol.name.value', start.account), autocomplete: 'off' })
  const pin = pinField('pin', keep ? t('enrol.pin.old') : t('enrol.pin'))
  const again = pinField('pin2', t('enrol.pin2'))
  const error = h('p', { class: 'field-error', role: 'alert' })
  const submit = h('button', { class: 'btn btn-primary btn-big btn-block', type: 'submit' }, t('enrol.do'))

  const send = async (event: Event) => {
    event.preventDefault()
    wakeSound()
    const first = pin.input.value
    const fault = first.length !== DIGITS || !/^\d+$/.test(first) ? 'enrol.pin.short' : !keep && GUESSED.test(first) ? 'enrol.pin.weak' : !keep && first !== again.input.value ? 'enrol.pin.differs' : null
    if (fault) return fill(error, icon('alert'), t(fault))
    submit.disabled = true
    fill(error)
    fill(submit, t('enrol.busy'))
    try {
      if (keep && !vault.isOpen) {
        const opened = await vault.open(first)
        if (opened !== 'open') throw new Error(opened === 'wiped' ? t('lock.wiped') : t('lock.wrong', await vault.triesLeft()))
      }
      const sentAt = Date.now()
      const made = await ask<{ deviceId: string; token: string; leaseUntil: string; now: string; title?: string }>('/api/v1/devices', { method: 'POST', body: { name: name.value.trim(), kind: 'phone' }, headers: { [start.header]: start.token } })
      if (made.status >= 300 || !made.body.token) throw new Error(made.body.title ?? String(made.status))
      if (!keep) { await vault.wipe(); await vault.create(first) }
      await vault.keep('enrolment', { deviceId: made.body.deviceId, token: made.body.token, leaseUntil: made.body.leaseUntil, deviceName: name.value.trim(), account: start.account, gates: start.gates, rounds: start.rounds, ...workOf(start.may) } satisfies Enrolment)
      await writeMeta('leave', 'held')
      sync.forget()
      if (made.body.now) await clock.heard(Date.parse(made.body.now), sentAt)
      void navigator.storage?.persist?.()
      history.replaceState(null, '', location.pathname)
      await enter()
    } catch (failure) {
      submit.disabled = false
      fill(submit, t('enrol.do'))
      fill(error, icon('alert'), t('enrol.failed', failure instanceof Unreachable ? t('enrol.offline') : (failure as Error).message))
    }
  }
  const left = sync.state.leave
  return h('form', { class: 'plain-form', novalidate: true, onsubmit: (event: Event) => void send(event) },
    left !== 'held' && h('p', { class: 'note refused' }, icon('ban'), h('span', null, t(`leave.${left}`))),
    h('p', { class: 'sub' }, t('enrol.as', start.account)),
    keep && h('p', { class: 'note warn' }, icon('waiting'), h('span', null, t('enrol.kept', waiting))),
    h('label', { class: 'field' }, h('span', { class: 'label' }, t('enrol.name')), name),
    pin.field, !keep && again.field, !keep && h('p', { class: 'help' }, t('enrol.pin.help')), error, submit)
}

function pinField(name: string, words: string): { field: HTMLElement; input: HTMLInputElement } {
  const input = h('input', { class: 'form-control pin', name, type: 'password', inputmode: 'numeric', maxlength: DIGITS, autocomplete: 'off', required: true })
  return { field: h('label', { class: 'field' }, h('span', { class: 'label' }, words), input), input }
}
