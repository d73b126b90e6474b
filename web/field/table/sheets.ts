// What a table asks over the page: whom the words mean, who is on a slip, why a tube is spoilt, what a recheck answers, what the lead says.
import type { Member, Testing } from '../pack'
import { askText, choose } from '../ui/ask'
import { h } from '../ui/dom'
import { icon, type IconName } from '../ui/icons'
import { t } from '../texts'
import { filled, type Tube } from './tube'

const SPOILT = ['leaked', 'broken', 'misread', 'other'] as const
/** The server keeps so much of a reason; the words before it count too. */
const LONGEST_REASON = 120

export const nameOf = (person: Member): string => `${person.name} ${person.room}`.trim()

export const askPerson = (people: readonly Member[]): Promise<Member | null> => choose(t('person.which', people.length), (done) => [
  h('ul', { class: 'menu people' }, people.map((person) => h('li', null, h('button', { type: 'button', class: 'row tall', onclick: () => done(person) },
    icon('users'), h('span', null, h('b', null, person.name), ' ', person.room), h('small', null, t(person.done ? 'person.done' : `lane.${person.lane}`)))))),
])

/** One more on the paper slip, or one fewer. */
export const askSlip = (tube: Tube, paper: number): Promise<1 | -1 | null> => choose(t('slip.title'), (done) => [
  h('p', null, t('slip.text', tube.code)),
  h('div', { class: 'ways' }, huge('plus', t('slip.one'), () => done(1)), huge('minus', t('slip.less'), () => done(-1), paper === 0)),
])

/** Why the tube is spoilt, in words. */
export const askSpoilt = (tube: Tube, paper: number): Promise<string | null> => choose(t('void.title', tube.code), (done) => [
  h('p', null, t('void.text', filled(tube, paper))),
  h('div', { class: 'reasons' }, SPOILT.map((why) => h('button', { type: 'button', class: 'btn btn-big', onclick: () => done(t(`void.${why}`)) }, t(`void.${why}`)))),
])

/** The tube that a recheck answers; null: the clerk does not know. */
export const askRecheck = (testing: Testing): Promise<string | null> => askText({
  title: t('purpose.Recheck'), label: t('recheck.of'), help: t('recheck.help'), act: t('recheck.do'), code: true, optional: true,
  known: [...new Set(testing.people.map((p) => p.recheck).filter((code): code is string => code !== null))],
})

export const askLead = (): Promise<string | null> => askText({ title: t('lead.title'), label: t('lead.label'), help: t('lead.help'), act: t('lead.do'), most: LONGEST_REASON })

export const askCode = (isTube: boolean): Promise<string | null> =>
  askText({ title: t(isTube ? 'type.tube' : 'box.type'), label: t(isTube ? 'type.tube.label' : 'box.code'), help: t('type.tube.help'), act: t('type.do'), code: true })

export const askWho = (known: string): Promise<string | null> =>
  askText({ title: t('type.person'), label: t('type.person.label'), help: t('type.person.help'), act: t('type.do'), value: known })

const huge = (sign: IconName, words: string, run: () => void, disabled = false) => h('button', { type: 'button', class: 'btn btn-huge', disabled, onclick: run }, icon(sign), words)
