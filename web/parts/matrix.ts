/** What the server says of every cell for the turn in the hand: one letter a day, one string a person. 'a' may be dropped on. */
type Targets = { turn: string; legend: Record<string, string>; rows: string[] }
type Held = { cell: HTMLTableCellElement; targets: Targets }

const dragStart = 6

/**
 * Moves turns on the roster board with the mouse (drag) or the keyboard (arrows, Space, Escape). It knows no rules: it paints the
 * server's verdict and sends an ordinary form. Without it every cell is a link to a page that does the same.
 */
export function startMatrix(table: HTMLTableElement): void {
  const line = document.getElementById('matrix-line')
  const form = document.getElementById('matrix-drop')
  const body = table.tBodies[0]
  const source = table.dataset.matrix
  if (!line || !(form instanceof HTMLFormElement) || !body || !source) return
  const first = Number(table.dataset.first)
  let held: Held | null = null
  let over: HTMLTableCellElement | null = null
  let press: { x: number; y: number; cell: HTMLTableCellElement } | null = null
  let dragged = false

  const cellOf = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLTableCellElement>('tbody td') : null)
  const rowOf = (cell: HTMLTableCellElement) => (cell.parentElement as HTMLTableRowElement).sectionRowIndex
  const dayOf = (cell: HTMLTableCellElement) => cell.cellIndex - 1
  const at = (row: number, day: number) => body.rows[row]?.cells[day + 1] as HTMLTableCellElement | undefined
  const letterOf = (cell: HTMLTableCellElement, targets: Targets) => targets.rows[rowOf(cell)]?.[dayOf(cell)] ?? '.'
  const nameOf = (cell: HTMLTableCellElement) => {
    const who = body.rows[rowOf(cell)]?.cells[0]?.querySelector('a')?.textContent ?? ''
    const day = table.tHead?.rows[0]?.cells[cell.cellIndex]?.textContent ?? ''
    return `${who} · ${day}`
  }
  const say = (text: string, refused = false) => {
    line.textContent = text
    line.classList.toggle('no', refused)
  }
  const focus = (cell: HTMLTableCellElement) => {
    const target = cell.querySelector('a') ?? cell
    target.tabIndex = 0
    target.focus()
  }

  function paint(targets: Targets | null): void {
    targets?.rows.forEach((letters, row) => {
      for (let day = 0; day < letters.length; day++) {
        const cell = at(row, day)
        if (cell && letters[day] !== '.') cell.dataset.drop = letters[day]
      }
    })
    if (!targets) for (const cell of body.querySelectorAll<HTMLElement>('td[data-drop]')) delete cell.dataset.drop
  }

  function release(text = line!.dataset.ready ?? ''): void {
    held?.cell.classList.remove('held')
    over?.classList.remove('over')
    held = over = null
    table.classList.remove('holding')
    paint(null)
    say(text)
  }

  async function pick(cell: HTMLTableCellElement): Promise<void> {
    if (!cell.querySelector('a')) return
    const answer = await fetch(`${source}${first + rowOf(cell)}&d=${dayOf(cell)}`, { headers: { Accept: 'application/json' } })
    if (!answer.ok) {
      const refusal = answer.status === 409 ? ((await answer.json()) as { text: string }).text : line!.dataset.failed
      say(refusal ?? '', true)
      return
    }
    held = { cell, targets: (await answer.json()) as Targets }
    cell.classList.add('held')
    table.classList.add('holding')
    paint(held.targets)
    say(`${line!.dataset.picked ?? ''} ${nameOf(cell)}`)
  }

  function hover(cell: HTMLTableCellElement | null): void {
    if (!held || cell === over) return
    over?.classList.remove('over')
    over = cell
    if (!cell) return
    cell.classList.add('over')
    const letter = letterOf(cell, held.targets)
    say(`${nameOf(cell)} · ${held.targets.legend[letter] ?? line!.dataset.none ?? ''}`, letter !== 'a')
  }

  function drop(cell: HTMLTableCellElement | null): boolean {
    if (!held || !cell || letterOf(cell, held.targets) !== 'a') return false
    const fields = (form as HTMLFormElement).elements
    const set = (name: string, value: string) => { (fields.namedItem(name) as HTMLInputElement).value = value }
    set('turn', held.targets.turn)
    set('p', String(first + rowOf(cell)))
    set('d', String(dayOf(cell)))
    ;(form as HTMLFormElement).requestSubmit()
    return true
  }

  table.addEventListener('dragstart', (event) => event.preventDefault())
  table.addEventListener('pointerdown', (event) => {
    const cell = cellOf(event.target)
    dragged = false
    // A finger scrolls; it opens the cell's page by a tap.
    if (cell && event.button === 0 && event.pointerType === 'mouse') press = { x: event.clientX, y: event.clientY, cell }
  })
  addEventListener('pointermove', (event) => {
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > dragStart) {
      dragged = true
      void pick(press.cell)
      press = null
    }
    if (dragged) hover(cellOf(document.elementFromPoint(event.clientX, event.clientY)))
  })
  addEventListener('pointerup', (event) => {
    press = null
    if (!dragged || !held) return
    if (!drop(cellOf(document.elementFromPoint(event.clientX, event.clientY)))) {
      const said = line.textContent ?? ''
      const refused = line.classList.contains('no')
      release()
      if (refused) say(said, true)
    }
  })
  table.addEventListener('click', (event) => {
    if (!dragged) return
    dragged = false
    event.preventDefault()
  })

  table.addEventListener('keydown', (event) => {
    const cell = cellOf(event.target)
    if (!cell) return
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (step) {
      const next = at(rowOf(cell) + (step[0] ?? 0), dayOf(cell) + (step[1] ?? 0))
      if (next && next.tagName === 'TD') {
        focus(next)
        hover(next)
      }
    } else if (event.key === ' ') {
      if (!held) void pick(cell)
      else drop(cell)
    } else if (event.key === 'Enter' && held) {
      drop(cell)
    } else if (event.key === 'Escape' && held) {
      release()
    } else {
      return
    }
    event.preventDefault()
  })

  // One stop in the order of the tab key; the arrows do the rest.
  for (const link of body.querySelectorAll<HTMLAnchorElement>('td a')) link.tabIndex = -1
  const start = body.querySelector<HTMLAnchorElement>('td a')
  if (start) start.tabIndex = 0
}
