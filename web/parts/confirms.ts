/** A link to `#id` of a `<dialog class="confirm">` opens it as a true modal; without script the fragment alone shows it. */
export function startConfirms(): void {
  document.addEventListener('click', (event) => {
    const target = event.target as Element
    const opener = target.closest?.<HTMLAnchorElement>('a[href^="#"]')
    if (!opener) return
    const open = document.querySelector<HTMLDialogElement>('dialog.confirm[open]')
    if (opener.hasAttribute('data-close') && open) {
      event.preventDefault()
      open.close()
      return
    }
    const dialog = document.getElementById(opener.hash.slice(1))
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault()
      dialog.showModal()
    }
  })
}
