// Only the icons this app draws, inside its own script: they must be there when nothing else is.
import alert from '../../node_modules/@tabler/icons/icons/outline/alert-triangle.svg?raw'
import ambulance from '../../node_modules/@tabler/icons/icons/outline/ambulance.svg?raw'
import back from '../../node_modules/@tabler/icons/icons/outline/arrow-left.svg?raw'
import undo from '../../node_modules/@tabler/icons/icons/outline/arrow-back-up.svg?raw'
import ban from '../../node_modules/@tabler/icons/icons/outline/ban.svg?raw'
import box from '../../node_modules/@tabler/icons/icons/outline/package.svg?raw'
import bulb from '../../node_modules/@tabler/icons/icons/outline/bulb.svg?raw'
import camera from '../../node_modules/@tabler/icons/icons/outline/camera.svg?raw'
import check from '../../node_modules/@tabler/icons/icons/outline/check.svg?raw'
import clock from '../../node_modules/@tabler/icons/icons/outline/clock.svg?raw'
import sent from '../../node_modules/@tabler/icons/icons/outline/cloud-check.svg?raw'
import offline from '../../node_modules/@tabler/icons/icons/outline/cloud-off.svg?raw'
import waiting from '../../node_modules/@tabler/icons/icons/outline/cloud-up.svg?raw'
import down from '../../node_modules/@tabler/icons/icons/outline/chevron-down.svg?raw'
import door from '../../node_modules/@tabler/icons/icons/outline/door.svg?raw'
import hand from '../../node_modules/@tabler/icons/icons/outline/hand-stop.svg?raw'
import heart from '../../node_modules/@tabler/icons/icons/outline/heart-handshake.svg?raw'
import vacant from '../../node_modules/@tabler/icons/icons/outline/home-off.svg?raw'
import info from '../../node_modules/@tabler/icons/icons/outline/info-circle.svg?raw'
import keyboard from '../../node_modules/@tabler/icons/icons/outline/keyboard.svg?raw'
import lock from '../../node_modules/@tabler/icons/icons/outline/lock.svg?raw'
import enter from '../../node_modules/@tabler/icons/icons/outline/login.svg?raw'
import leave from '../../node_modules/@tabler/icons/icons/outline/logout.svg?raw'
import list from '../../node_modules/@tabler/icons/icons/outline/list-check.svg?raw'
import menu from '../../node_modules/@tabler/icons/icons/outline/menu-2.svg?raw'
import minus from '../../node_modules/@tabler/icons/icons/outline/minus.svg?raw'
import photo from '../../node_modules/@tabler/icons/icons/outline/photo.svg?raw'
import plus from '../../node_modules/@tabler/icons/icons/outline/plus.svg?raw'
import paper from '../../node_modules/@tabler/icons/icons/outline/printer.svg?raw'
import question from '../../node_modules/@tabler/icons/icons/outline/question-mark.svg?raw'
import refresh from '../../node_modules/@tabler/icons/icons/outline/refresh.svg?raw'
import scan from '../../node_modules/@tabler/icons/icons/outline/scan.svg?raw'
import slip from '../../node_modules/@tabler/icons/icons/outline/notes.svg?raw'
import test from '../../node_modules/@tabler/icons/icons/outline/test-pipe.svg?raw'
import trash from '../../node_modules/@tabler/icons/icons/outline/trash.svg?raw'
import away from '../../node_modules/@tabler/icons/icons/outline/user-off.svg?raw'
import users from '../../node_modules/@tabler/icons/icons/outline/users.svg?raw'
import x from '../../node_modules/@tabler/icons/icons/outline/x.svg?raw'

const sources = {
  alert, ambulance, back, undo, ban, bulb, camera, check, clock, sent, offline, waiting, door, down, hand, heart, vacant, info, keyboard, lock, enter, leave,
  list, menu, minus, photo, plus, paper, question, refresh, scan, trash, away, users, x, box, slip, test,
}

export type IconName = keyof typeof sources

const parsed = new Map<IconName, SVGElement>()

/** A picture beside words: never read out. */
export function icon(name: IconName): SVGElement {
  let svg = parsed.get(name)
  if (!svg) {
    svg = new DOMParser().parseFromString(sources[name], 'image/svg+xml').documentElement as unknown as SVGElement
    svg.setAttribute('class', 'icon')
    svg.setAttribute('aria-hidden', 'true')
    svg.setAttribute('stroke-width', '1.75')
    parsed.set(name, svg)
  }
  return document.importNode(svg, true)
}
