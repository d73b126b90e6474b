// The camera of a table: a strip over the list, reading codes of passes, cards, tubes and boxes; and a field for what no camera reads.
import type { Camera } from '../gate/camera'
import type { Format } from '../gate/decode'
import { button } from '../ui/parts'
import { fill, h } from '../ui/dom'
import { t } from '../texts'

const FORMATS: readonly Format[] = ['qr_code', 'code_128', 'code_39', 'ean_13', 'data_matrix']

export interface Strip { element: HTMLElement; light: HTMLButtonElement; hint(words: string): void; start(): Promise<void>; pause(): void; resume(): void; stop(): void }

export function scanStrip(found: (text: string) => void): Strip {
  const video = h('video', { class: 'view', playsinline: true, muted: true, 'aria-label': t('scan.view') })
  video.muted = true
  const words = h('p', { class: 'strip-hint', role: 'status' }, t('scan.loading'))
  let camera: Camera | undefined
  let held = false
  let over = false
  let wanted = ''
  const light = button(t('scan.light'), () => void camera?.light().then((lit) => light.setAttribute('aria-pressed', String(lit))), { icon: 'bulb', kind: 'btn-tool' })
  const element = h('div', { class: 'strip' }, video, words)
  return {
    element,
    light,
    hint: (said) => {
      wanted = said
      if (camera || video.hidden) fill(words, video.hidden ? t('table.no_camera') : said)
    },
    start: async () => {
      try {
        const { openCamera } = await import('../gate/camera')
        const opened = await openCamera(video, found, FORMATS)
        if (over) return opened.stop()
        camera = opened
        if (held) camera.pause()
        fill(words, wanted)
      } catch {
        video.hidden = true
        light.hidden = true
        element.classList.add('blind')
        fill(words, t('table.no_camera'))
      }
    },
    pause: () => { held = true; camera?.pause() },
    resume: () => { held = false; camera?.resume() },
    stop: () => { over = true; camera?.stop() },
  }
}
