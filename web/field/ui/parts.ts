// Pieces that several screens share: top bar, banners, sheet, flash.
import { append, fill, h, type Child } from './dom'
import { icon, type IconName } from './icons'
import { sync } from '../net/sync'
import { outbox } from '../store/outbox'
import { clock } from '../store/clock'
import { t, when } from '../texts'

export function button(words: string, act: (event: Event) => void, options: { icon?: IconName; kind?: string; label?: string } = {}): HTMLButtonElement {
  return h('button', { type: 'button', class: `btn ${options.kind ?? ''}`.trim(), onclick: act, 'aria-label': options.label }, options.icon && icon(options.icon), words && h('span', null, words))
}

/** Title, delivery state, what waits. */
export function topBar(title: string, options: { back?: string; onTitle?: () => void } = {}): HTMLElement {
  const state = h('span', { class: 'sync', role: 'status' })
  const count = h('a', { class: 'btn count', href: '#outbox' })
  const bar = h('header', { class: 'bar' },
    options.back
      ? h('a', { class: 'btn btn-icon btn-quiet', href: options.back, 'aria-label': t('back') }, icon('back'))
      : h('a', { class: 'btn btn-icon btn-quiet', href: '#menu', 'aria-label': t('menu') }, icon('menu')),
    h('div', { class: 'bar-title' }, h('h1', null, title), state), count)
  const show = async () => {
    const { waiting, refused } = await outbox.counts()
    const offline = !sync.state.online
    state.className = `sync ${offline ? 'failed' : waiting > 0 ? 'waiting' : ''}`
    fill(state, icon(offline ? 'offline' : waiting > 0 ? 'waiting' : 'sent'), offline ? t('sync.offline', when(sync.state.since)) : waiting > 0 ? t('sync.waiting', waiting) : t('sync.sent'))
    count.setAttribute('aria-label', t('outbox.open', waiting, refused))
    count.classList.toggle('alarm', refused > 0)
    fill(count, icon('list'), String(waiting + refused))
  }
  watch(bar, show)
  return bar
}

/** What the guard must know whatever is on the screen. */
export function banners(): HTMLElement {
  const box = h('div', { class: 'banners', 'aria-live': 'polite' })
  const show = () => {
    const lines: HTMLElement[] = []
    if (sync.state.leave !== 'held') lines.push(banner('refused', 'ban', t(`leave.${sync.state.leave}`), h('a', { class: 'btn', href: '#enrol' }, t('leave.enrol'))))
    else if (!sync.state.online) lines.push(banner('warn', 'offline', t('offline.banner', when(sync.state.since))))
    if (clock.turnedBack) lines.push(banner('refused', 'clock', t('clock.back')))
    else if (clock.isWrong) lines.push(banner('refused', 'clock', t(clock.off > 0 ? 'clock.ahead' : 'clock.behind', span(Math.abs(clock.off)))))
    fill(box, lines)
  }
  watch(box, show)
  return box
}

function banner(kind: string, sign: IconName, words: string, ...more: Child[]): HTMLElement {
  return h('div', { class: `banner ${kind}` }, icon(sign), h('span', null, words), ...more)
}

function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return t('span.minutes', minutes)
  return minutes < 2 * 1440 ? t('span.hours', Math.round(minutes / 60)) : t('span.days', Math.round(minutes / 1440))
}

/** Shows now and whenever something happened, until the element has left the page. */
function watch(element: HTMLElement, show: () => void): void {
  show()
  const again = () => {
    if (element.isConnected) show()
    else stops.forEach((stop) => stop())
  }
  const stops = [sync.onChange(again), outbox.onChange(again)]
  setTimeout(again, 0)
}

/** A choice over the page; closes by choosing, by the cross, by Escape. */
export function sheet(title: string, ...children: (Child | Child[])[]): HTMLDialogElement {
  // One at a time: the one before may still be on its way out.
  document.querySelectorAll('dialog.sheet').forEach((old) => old.remove())
  const dialog = h('dialog', { class: 'sheet', 'aria-label': title })
  const close = button('', () => dialog.close(), { icon: 'x', kind: 'btn-icon btn-quiet', label: t('close') })
  append(dialog, [h('div', { class: 'sheet-head' }, h('h2', null, title), close), h('div', { class: 'sheet-body' }, ...children)])
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

let fading: ReturnType<typeof setTimeout> | undefined

/** One line over the page for a few seconds. */
export function flash(words: string, kind: 'done' | 'refused' = 'done'): void {
  document.querySelector('.toast')?.remove()
  const line = h('div', { class: `toast ${kind}`, role: 'status' }, icon(kind === 'done' ? 'check' : 'alert'), h('span', null, words))
  document.body.append(line)
  clearTimeout(fading)
  fading = setTimeout(() => line.remove(), 4_000)
}
