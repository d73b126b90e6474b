// The only script of every page. All pages work without it; it saves reloads, closes menus and says what has not arrived.
import 'htmx.org/dist/htmx.esm.js'
import { startMenus } from './parts/menus'
import { startConfirms } from './parts/confirms'
import { startDelivery } from './parts/delivery'

startMenus()
startConfirms()
startDelivery()
