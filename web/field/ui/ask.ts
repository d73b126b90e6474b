// Questions over the page that are waited for.
import { h, type Child } from './dom'
import { sheet } from './parts'

/** What was chosen in a sheet; null: it was closed. */
export function choose<T>(title: string, content: (done: (chosen: T) => void) => (Child | Child[])[]): Promise<T | null> {
  return new Promise((resolve) => {
    let chosen: T | null = null
    const dialog = sheet(title, ...content((one) => {
      chosen = one
      dialog.close()
    }))
    dialog.addEventListener('close', () => resolve(chosen))
  })
}

interface Asked { title: string; label: string; act: string; help?: string | null; value?: string; code?: boolean; optional?: boolean; known?: string[]; most?: number }

/** What was typed, without blanks around; null: nothing. */
export async function askText({ title, label, act, help, value, code, optional, known, most }: Asked): Promise<string | null> {
  const input = h('input', {
    class: 'form-control', name: 'typed', required: !optional, autocomplete: 'off', autocapitalize: code && 'characters', spellcheck: 'false', autofocus: true, value, maxlength: most, list: known && 'known',
  })
  return (await choose<string>(title, (done) => [h('form', { onsubmit: (event: Event) => { event.preventDefault(); done(input.value.trim()) } },
    h('label', { class: 'field' }, h('span', { class: 'label' }, label), input, known && h('datalist', { id: 'known' }, known.map((one) => h('option', { value: one })))),
    help && h('p', { class: 'help' }, help), h('button', { type: 'submit', class: 'btn btn-primary btn-big btn-block' }, act))])) || null
}
