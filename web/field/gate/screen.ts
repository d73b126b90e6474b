// The guard's screen: scanner from edge to edge, three ways to do without it, the emergency button always under the thumb.
import { held } from '../session'
import { outbox } from '../store/outbox'
import { banners, button, flash, topBar } from '../ui/parts'
import { askText } from '../ui/ask'
import { h, fill } from '../ui/dom'
import { icon } from '../ui/icons'
import { signal } from '../ui/signal'
import { t } from '../texts'
import type { Screen } from '../screens/screen'
import type { Gate } from '../pack'
import type { Camera } from './camera'
import { emergency } from './emergency'
import { atSealedGate } from './answer'
import { answerView } from './answerView'
import { lookUp, type Verify } from './lookup'
import { isLine } from './paper'

export function gateScreen(): Screen {
  const gate = held.gate
  if (!held.pack) return empty(t('gate.waiting'), '')
  if (held.pack.gates.length === 0) return empty(t('gate.none'), t('gate.none.text'))
  return gate ? scanner(gate) : chooseGate()
}

function empty(title: string, text: string): Screen {
  return { element: h('div', { class: 'screen' }, topBar(t('product')), banners(), h('main', { class: 'column page' }, h('div', { class: 'empty card' }, icon('door'), h('b', null, title), h('p', { class: 'sub' }, text)))) }
}

function chooseGate(): Screen {
  const choose = (gate: Gate, lane: string | null) => void held.stand({ gate: gate.id, lane }).then(() => dispatchEvent(new HashChangeEvent('hashchange')))
  const rows = (held.pack?.gates ?? []).flatMap((gate) => (gate.lanes.length > 0 ? gate.lanes : [null]).map((lane) =>
    h('li', null, h('button', { type: 'button', class: 'row', onclick: () => choose(gate, lane) }, icon('door'), h('span', null, [gate.name, lane].filter(Boolean).join(' · ')), gate.sealed && h('small', null, t('gate.sealed'))))))
  return { element: h('div', { class: 'screen' }, topBar(t('gate.choose')), banners(), h('main', { class: 'column page' }, h('ul', { class: 'menu card' }, rows))) }
}

function scanner(gate: Gate): Screen {
  const video = h('video', { class: 'view', playsinline: true, muted: true, 'aria-label': t('scan.view') })
  video.muted = true
  const hint = h('p', { class: 'hint', role: 'status' }, t('scan.loading'))
  const over = h('div', { class: 'over' })
  const picture = h('input', { type: 'file', accept: 'image/*', class: 'visually-hidden', tabindex: -1, 'aria-label': t('scan.picture') })
  const light = button(t('scan.light'), () => void camera?.light().then((lit) => light.setAttribute('aria-pressed', String(lit))), { icon: 'bulb', kind: 'btn-glass' })
  let camera: Camera | undefined
  let verify: Promise<Verify> | undefined
  let left = false

  const verifier = () => (verify ??= import('./verify').then((m) => m.makeVerifier(held.pack!)))

  const show = async (text: string) => {
    performance.mark('tx-text')
    const pack = held.pack
    if (!pack) return
    if (isLine(text)) { camera?.resume(); location.hash = '#paper?' + encodeURIComponent(text); return }
    const found = await lookUp(text, gate.id, pack, await verifier())
    const answer = gate.sealed ? atSealedGate(found) : found
    over.replaceChildren(answerView(answer, text, resume))
    // Laid out here, so that the measure covers all of our own work.
    over.getBoundingClientRect()
    performance.measure('tx-scan', 'tx-text')
    performance.clearMarks('tx-text')
    signal(answer.tone)
  }
  const resume = () => {
    over.replaceChildren()
    camera?.resume()
  }
  const found = (text: string) => void show(text)

  picture.addEventListener('change', () => void (async () => {
    const [file] = picture.files ?? []
    picture.value = ''
    if (!file) return
    const { readPicture } = await import('./camera')
    const text = await readPicture(file).catch(() => null)
    if (text) await show(text)
    else flash(t('scan.no_code'), 'refused')
  })())

  const type = async () => {
    camera?.pause()
    const typed = await askText({ title: t('type.title'), label: t('type.label'), help: t('type.help'), act: t('type.do'), code: true })
    if (typed) await show(typed)
    else camera?.resume()
  }

  const start = async () => {
    try {
      const { openCamera } = await import('./camera')
      const opened = await openCamera(video, found)
      if (left) return opened.stop()
      camera = opened
      fill(hint, t('scan.aim'))
    } catch {
      fill(hint, t('scan.no_camera'))
      video.hidden = true
    }
    void verifier()
  }

  const title = [gate.name, held.post?.lane].filter(Boolean).join(' · ')
  const element = h('div', { class: 'screen post' }, topBar(title), banners(),
    h('main', { class: 'scanner' },
      video, h('div', { class: 'frame', 'aria-hidden': 'true' }), hint,
      h('div', { class: 'tools' }, button(t('scan.type'), () => void type(), { icon: 'keyboard', kind: 'btn-glass' }), button(t('scan.picture'), () => picture.click(), { icon: 'photo', kind: 'btn-glass' }), light, picture),
      emergencyButton(() => { camera?.pause(); over.replaceChildren(emergency(resume)) })),
    over)
  return {
    element,
    entered: () => void start(),
    leave: () => {
      left = true
      camera?.stop()
      void outbox.promoteDrafts()
    },
  }
}

/** The same button on the scanner and on every answer. */
export function emergencyButton(open: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'btn btn-emergency', onclick: open }, icon('ambulance'), h('span', null, h('b', null, t('scan.emergency')), h('small', null, t('scan.emergency.text'))))
}
