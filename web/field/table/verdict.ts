// What the clerk is told at arm's length, in the rain: colour, sign, word, sound and shake say the same. It fills the screen until one of its
// buttons is pressed.
import type { Tone } from '../gate/answer'
import { h } from '../ui/dom'
import { icon, type IconName } from '../ui/icons'
import { sign } from '../ui/signs'
import { signal } from '../ui/signal'
import { t } from '../texts'
import type { Line } from './rules'

interface Act<T> { does: T; words: string; icon: IconName }

interface Verdict<T> { tone: Tone; word: string; who?: string | undefined; why: Line; advice?: string | null; acts: Act<T>[] }

export interface Over { element: HTMLElement; tell(verdict: Verdict<never>): Promise<void>; ask<T>(verdict: Verdict<T>): Promise<T | null>; refuse(why: Line, who?: string): Promise<void> }

export function verdicts(): Over {
  const element = h('div', { class: 'over' })
  const ask = <T>(verdict: Verdict<T>) => new Promise<T | null>((resolve) => {
    element.replaceChildren(view(verdict, (does) => {
      element.replaceChildren()
      resolve(does)
    }))
    signal(verdict.tone)
    element.querySelector<HTMLElement>('.first')?.focus()
  })
  const tell = async (verdict: Verdict<never>) => void (await ask(verdict))
  return { element, ask, tell, refuse: (why, who) => tell({ tone: 'red', word: t('table.no'), who, why, advice: adviceOn(why), acts: [] }) }
}

/** Going back comes first, and Escape is going back. */
function view<T>({ tone, word, who, why, advice, acts }: Verdict<T>, done: (does: T | null) => void): HTMLElement {
  document.querySelector('.toast')?.remove()
  const button = (words: string, sign: IconName, kind: string, does: T | null) => h('button', { type: 'button', class: `btn btn-huge wide ${kind}`.trim(), onclick: () => done(does) }, icon(sign), words)
  return h('section', {
    class: `answer says tone-${tone}`, role: 'alertdialog', 'aria-label': word, 'data-tone': tone, 'data-rule': why[0],
    onkeydown: (event: Event) => { if ((event as KeyboardEvent).key === 'Escape') done(null) },
  },
    h('div', { class: 'answer-top' }, sign(tone), h('p', { class: 'word' }, word), who && h('p', { class: 'who' }, who),
      h('p', { class: 'advice' }, t(...why)), advice && h('p', { class: 'because' }, advice)),
    h('div', { class: 'answer-acts' }, button(t(acts.length > 0 ? 'back' : 'table.back'), 'back', 'first', null), acts.map((act) => button(act.words, act.icon, '', act.does))))
}

/** What to do about a rule; nothing where the rule says it all. */
export function adviceOn([rule]: Line): string | null {
  const words = t(`${rule}.do`)
  return words === `${rule}.do` ? null : words
}

