// The captain's list without a network: the same cards and the same four buttons as /doors, every tap a fact in the outbox.
import { held } from '../session'
import type { RoundDoor, RoundPack } from '../pack'
import type { OutboxRow } from '../store/db'
import { clock } from '../store/clock'
import { newId } from '../store/ids'
import { outbox } from '../store/outbox'
import { banners, button, flash, topBar } from '../ui/parts'
import { fill, h } from '../ui/dom'
import { icon, type IconName } from '../ui/icons'
import { t, when } from '../texts'
import type { Screen } from '../screens/screen'

type Outcome = 'Done' | 'NotReached' | 'Refused' | 'Vacant' | 'Withdrawn'

/** As `POST /api/v1/grid/outcomes` takes it; `label` stays here. */
interface Visit {
  id: string
  round: string
  target: string
  kind: Outcome
  channel: 'Visit'
  seenAt: string
  corrects: string | null
  answers: { needs?: string[]; residents?: number; note?: string } | null
  label: string
}

/** What this phone said last about a door. */
interface Own { visit: Visit; row: OutboxRow }

const BUTTONS: [Outcome, IconName][] = [['Done', 'check'], ['NotReached', 'away'], ['Refused', 'ban'], ['Vacant', 'vacant']]
const TONES: Record<string, string> = { Done: 't-full', NotReached: 't-half', Refused: 't-low' }
const NEEDS = ['Medicine', 'Doctor', 'Dialysis', 'Groceries', 'Testing', 'Counselling', 'Other']
const MOST = 2_000

export function roundScreen(): Screen {
  const list = h('div', { class: 'doors' })
  const head = h('section', { class: 'helper-head', 'aria-label': t('round.title') })
  let at = 0
  let drawing = 0

  const draw = async () => {
    const mine = ++drawing
    const own = await ownVisits()
    if (mine !== drawing) return
    const round = held.rounds?.rounds[at]
    if (!round) {
      fill(head)
      return fill(list, h('div', { class: 'empty card' }, icon('list'), h('b', null, t('round.none')), h('p', { class: 'sub' }, t('round.none.text'))))
    }
    const doors = round.doors.map((door) => ({ door, own: own.get(`${round.id}/${door.id}`) }))
    const open = doors.filter((d) => isOpen(d.door, d.own))
    fill(head, headOf(round, doors, open.length), (held.rounds?.rounds.length ?? 0) > 1 && picker())
    // The open ones first; what was done just now stays where it is under the thumb until the next visit of this page.
    const fold = [...list.querySelectorAll('details[open]')].map((d) => d.closest('article')?.id)
    if (document.activeElement?.closest('details.fold')) return
    fill(list, open.length === 0 && h('p', { class: 'note good' }, icon('check'), h('span', null, t('round.done'))), doors.map((d) => card(round.id, d.door, d.own)))
    for (const id of fold) if (id) document.getElementById(id)?.querySelector('details')?.setAttribute('open', '')
  }
  const picker = () => h('select', { class: 'form-select', 'aria-label': t('round.pick'), onchange: (event: Event) => { at = (event.target as HTMLSelectElement).selectedIndex; void draw() } },
    (held.rounds?.rounds ?? []).map((r, i) => h('option', { selected: i === at }, `${r.number} ${r.title}`)))
  const stop = outbox.onChange(() => void draw())
  const element = h('div', { class: 'screen' }, topBar(t('round.title')), banners(), head, h('main', { class: 'column page' }, list))
  return { element, entered: () => void draw(), leave: stop }
}

/** The last word of this phone about each door, arrived or not: the pack may be older. */
async function ownVisits(): Promise<Map<string, Own>> {
  const since = held.rounds ? Date.parse(held.rounds.now) : 0
  const last = new Map<string, Own>()
  const rows = (await outbox.list(MOST)).filter((row) => row.kind === 'visit' && row.state !== 'refused' && (row.state !== 'arrived' || (row.answeredAt ?? 0) >= since))
  for (const row of rows.reverse()) {
    const visit = await outbox.open<Visit>(row)
    last.set(`${visit.round}/${visit.target}`, { visit, row })
  }
  return last
}

function isOpen(door: RoundDoor, own: Own | undefined): boolean {
  return own ? own.visit.kind === 'Withdrawn' : door.open
}

function headOf(round: RoundPack['rounds'][number], doors: { door: RoundDoor; own: Own | undefined }[], left: number): HTMLElement {
  const counts = (kind: string) => doors.filter((d) => !isOpen(d.door, d.own) && (d.own?.visit.kind ?? d.door.result) === kind).length
  return h('div', { class: 'column' },
    h('div', { class: 'what' }, h('h2', null, round.title), h('p', { class: 'sub' }, `${t('round.left', left)} · ${t('round.until', when(Date.parse(round.dueAt)))}`)),
    h('dl', { class: 'tally' }, (['Done', 'NotReached', 'Refused', 'Vacant'] as const).map((kind) => h('div', null, h('dt', { class: `${TONES[kind] ?? 't-none'}-ink` }, t(`outcome.${kind}`)), h('dd', null, counts(kind))))))
}

function card(round: string, door: RoundDoor, own: Own | undefined): HTMLElement {
  const id = `d-${door.id}`
  if (isOpen(door, own)) {
    return h('article', { class: 'card door', id, 'aria-label': door.label },
      h('div', { class: 'door-head' }, h('div', { class: 'what' }, h('h3', { class: 'door-room' }, door.label), h('div', { class: 'sub' }, people(door)))),
      tags(door),
      h('div', { class: 'outcomes' }, BUTTONS.map(([kind, sign]) => h('button', {
        type: 'button', class: kind === 'Done' ? 'btn btn-primary' : 'btn', value: kind, 'aria-label': t('round.record', door.label, t(`outcome.${kind}`)), onclick: () => void say(round, door, kind),
      }, icon(sign), t(`outcome.${kind}`)))))
  }
  const result = own?.visit.kind ?? door.result ?? 'Untried'
  const tone = TONES[result] ?? 't-none'
  const saved = own ? t(own.row.state === 'arrived' ? 'round.arrived' : 'round.saved_here', when(Date.parse(own.visit.seenAt))) : door.seenAt ? t('round.arrived', when(Date.parse(door.seenAt))) : ''
  const decided = own?.visit.id ?? door.decidedBy
  return h('article', { class: 'card door door-done', id, 'aria-label': door.label },
    h('div', { class: 'door-head' },
      h('span', { class: `door-sign ${tone}` }, icon(BUTTONS.find(([kind]) => kind === result)?.[1] ?? 'question')),
      h('div', { class: 'what' }, h('h3', { class: 'door-room' }, door.label, ' ', h('span', { class: `${tone}-ink` }, t(`outcome.${result}`))), h('div', { class: 'sub' }, [saved, door.head].filter(Boolean).join(' · '))),
      decided && button(t('round.undo'), () => void say(round, door, 'Withdrawn', decided), { icon: 'undo', label: t('round.undo_of', door.label) })),
    result === 'Done' && decided && details(round, door, decided, own))
}

const people = (door: RoundDoor) => [door.head, t('round.people', door.people), door.responsible && t('round.responsible', door.responsible)].filter(Boolean).join(' · ')

function tags(door: RoundDoor): HTMLElement | null {
  const lines: HTMLElement[] = []
  if (door.escalated) lines.push(h('span', { class: 'tag alarm' }, icon('alert'), t('round.escalated', door.attempts)))
  else if (door.result) lines.push(h('span', { class: 'tag' }, t('round.again', t(`outcome.${door.result}`), door.attempts)))
  for (const care of door.care) lines.push(h('span', { class: 'tag care' }, icon('heart'), care.label))
  return lines.length > 0 ? h('div', { class: 'tags' }, lines) : null
}

/** Asked only after 见面, folded: what is different, nothing else. */
function details(round: string, door: RoundDoor, decided: string, own: Own | undefined): HTMLElement {
  const known = own?.visit.answers
  const residents = h('input', { class: 'form-control', name: 'residents', type: 'number', inputmode: 'numeric', min: 0, max: 99, value: known?.residents ?? door.people })
  const note = h('input', { class: 'form-control', name: 'note', maxlength: 500, autocomplete: 'off', value: known?.note ?? '' })
  const needs = NEEDS.map((need) => [need, h('input', { type: 'checkbox', name: 'needs', checked: known?.needs?.includes(need) ?? false })] as const)
  const save = (event: Event) => {
    event.preventDefault()
    ;(document.activeElement as HTMLElement | null)?.blur()
    const chosen = needs.filter(([, box]) => box.checked).map(([need]) => need)
    const count = Number(residents.value)
    void say(round, door, 'Done', decided, {
      ...(chosen.length > 0 && { needs: chosen }), ...(residents.value !== '' && count >= 0 && count <= 99 && { residents: count }), ...(note.value.trim() && { note: note.value.trim() }),
    })
  }
  return h('details', { class: 'fold' }, h('summary', null, icon('heart'), h('span', null, t('round.more')), icon('down')), h('form', { onsubmit: save },
    h('fieldset', { class: 'field' }, h('legend', null, t('round.needs')), h('div', { class: 'choices' }, needs.map(([need, box]) => h('label', { class: 'chip-check' }, box, h('span', null, t(`need.${need}`)))))),
    h('label', { class: 'field' }, h('span', { class: 'label' }, t('round.residents')), residents),
    h('label', { class: 'field' }, h('span', { class: 'label' }, t('round.note')), note),
    h('button', { class: 'btn btn-primary btn-block btn-big', type: 'submit' }, t('round.save'))))
}

async function say(round: string, door: RoundDoor, kind: Outcome, corrects: string | null = null, answers: Visit['answers'] = null): Promise<void> {
  const at = clock.now()
  const visit: Visit = { id: newId(at), round, target: door.id, kind, channel: 'Visit', seenAt: new Date(at).toISOString(), corrects, answers, label: door.label }
  try {
    await outbox.save('visit', visit)
  } catch (failure) {
    flash(t('answer.unsaved', (failure as Error).name), 'refused')
  }
}
