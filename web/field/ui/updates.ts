// The shell is kept by the service worker. A new version waits until somebody taps, and is not offered over an answer.
import { h } from './dom'
import { icon } from './icons'
import { t } from '../texts'

const LOOK_EVERY = 30 * 60_000

export function startUpdates(quiet: () => boolean): void {
  if (!('serviceWorker' in navigator)) return
  let taken = false
  const hadOne = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (taken) location.reload() })
  void navigator.serviceWorker.register('/field/worker.js', { scope: '/field/', updateViaCache: 'none' }).then((registration) => {
    const offer = () => {
      const waiting = registration.waiting
      if (!waiting || !hadOne || document.querySelector('.update')) return
      if (!quiet()) return void setTimeout(offer, 2_000)
      const line = h('button', { type: 'button', class: 'update btn', onclick: () => { taken = true; waiting.postMessage('take') } }, icon('refresh'), h('b', null, t('update.ready')), h('span', null, t('update.take')))
      document.body.append(line)
    }
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer))
    offer()
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY)
  }).catch(() => undefined)
}
