/** What the server has not answered is never shown as done: the delivery sign and one line under the top bar say so. */
export function startDelivery(): void {
  let waiting = 0
  let failed = false

  const show = () => {
    const offline = !navigator.onLine
    const state = failed || offline ? 'failed' : waiting > 0 ? 'waiting' : 'sent'
    for (const sign of document.querySelectorAll<HTMLElement>('[data-sync]')) {
      sign.classList.toggle('failed', state === 'failed')
      sign.classList.toggle('waiting', state === 'waiting')
      for (const part of sign.querySelectorAll<HTMLElement>('[data-when]')) part.hidden = part.dataset.when !== state
    }
    const note = document.getElementById('net-note')
    if (note) note.hidden = !(offline || failed)
  }

  document.addEventListener('htmx:before:request', () => { waiting++; show() })
  document.addEventListener('htmx:finally:request', () => { waiting = Math.max(0, waiting - 1); show() })
  document.addEventListener('htmx:error', (event) => {
    // An aborted request was replaced by a newer one: nothing is lost.
    const error = (event as CustomEvent<{ error?: { name?: string } }>).detail?.error
    if (error?.name === 'AbortError') return
    failed = true
    show()
  })
  document.addEventListener('htmx:after:request', () => { failed = false; show() })
  addEventListener('online', () => { failed = false; show() })
  addEventListener('offline', show)
  show()
}
