// The app's one page: which screen is shown follows from the vault (enrolled? unlocked?) and the address after the #.
import './field.scss'
import { clock } from './store/clock'
import { vault } from './store/vault'
import { sync } from './net/sync'
import { held } from './session'
import { fill } from './ui/dom'
import { startUpdates } from './ui/updates'
import { enrolScreen } from './screens/enrol'
import { lockScreen } from './screens/lock'
import { menuScreen } from './screens/menu'
import { outboxScreen } from './screens/outbox'
import { paperScreen } from './screens/paper'
import { gateScreen } from './gate/screen'
import { roundScreen } from './round/screen'
import { boxScreen } from './table/boxScreen'
import { tableScreen } from './table/screen'
import type { Screen } from './screens/screen'

const IDLE = 15 * 60_000
const root = document.getElementById('app') as HTMLElement
let shown: Screen | undefined
let idle: ReturnType<typeof setTimeout> | undefined
let drawing = 0

async function draw(): Promise<void> {
  const mine = ++drawing
  const screen = await choose()
  // A later call has overtaken this one.
  if (mine !== drawing) return screen.leave?.()
  shown?.leave?.()
  shown = screen
  fill(root, screen.element)
  screen.entered?.()
  ;(root.querySelector<HTMLElement>('[autofocus]') ?? root).focus?.()
}

async function choose(): Promise<Screen> {
  const [place] = location.hash.slice(1).split('?')
  if (!(await vault.exists())) return enrolScreen(enter)
  if (!vault.isOpen) return lockScreen(enter)
  if (place === 'enrol' || !held.own) return enrolScreen(enter)
  switch (place) {
    case 'menu': return menuScreen(lock)
    case 'outbox': return outboxScreen()
    case 'paper': return paperScreen()
    case 'round': return roundScreen()
    case 'gate': return gateScreen()
    case 'table': return tableScreen()
    case 'box': return boxScreen()
    default:
      if (held.pack?.gates.length) return gateScreen()
      // Somebody of a table alone waits for the table's pack, not for a gate's.
      if (held.hasTables || (held.own.tables && !held.own.gates && !held.own.rounds)) return tableScreen()
      return held.hasRounds ? roundScreen() : gateScreen()
  }
}

/** Unlocked just now. */
async function enter(): Promise<void> {
  await held.load()
  if (location.hash === '#enrol') history.replaceState(null, '', location.pathname)
  await sync.start()
  if (held.own && Date.parse(held.own.leaseUntil) <= clock.now()) await sync.expire()
  touch()
  await draw()
}

function lock(): void {
  vault.lock()
  held.drop()
  document.querySelectorAll('dialog').forEach((dialog) => dialog.remove())
  history.replaceState(null, '', location.pathname)
  void draw()
}

function touch(): void {
  clearTimeout(idle)
  if (vault.isOpen) idle = setTimeout(lock, IDLE)
}

addEventListener('hashchange', () => void draw())
for (const sign of ['pointerdown', 'keydown', 'tx-scan']) addEventListener(sign, touch, { passive: true })
let had = ''
held.onChange(() => {
  // A pack that arrives while an answer is on the screen waits for the next one: only screens that lacked it are drawn anew.
  const has = `${held.own !== null} ${held.pack?.gates.length} ${held.rounds !== null} ${held.hasRounds} ${held.post?.gate} ${held.tables?.rounds.length} ${held.desk?.table.id}`
  if (has !== had) void draw()
  had = has
})

startUpdates(() => document.querySelector('.answer, dialog[open]') === null)
await clock.load()
await draw()
