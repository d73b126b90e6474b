/** Menus are `<details class="menu">`: they open without script; with it they also close on Escape, outside clicks and choices. */
export function startMenus(): void {
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      if (!menu.contains(event.target as Node)) menu.open = false
    }
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      menu.open = false
      menu.querySelector('summary')?.focus()
    }
  })
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest?.('[data-print]')) window.print()
  })
  // Selects that submit their form at once (where htmx does not already listen).
  document.addEventListener('change', (event) => {
    const field = event.target as HTMLSelectElement
    if (field.matches?.('[data-submit]')) field.form?.requestSubmit()
  })
}
