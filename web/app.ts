// The only script of every page. All pages work without it; it saves reloads, closes menus and says what has not arrived.
import 'htmx.org/dist/htmx.esm.js'
import { startMenus } from './parts/menus'
import { startConfirms } from './parts/confirms'
import { startDelivery } from './parts/delivery'

startMenus()
startConfirms()
startDelivery()

// The roster board's own script, only where somebody may move turns.
const matrix = document.querySelector<HTMLTableElement>('table[data-matrix]')
if (matrix) void import('./parts/matrix').then((m) => m.startMatrix(matrix))
