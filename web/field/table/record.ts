// One way into the outbox for everything a table does. What is shown as done is on the disk.
import type { DeskView } from '../session'
import { clock } from '../store/clock'
import { newId } from '../store/ids'
import { outbox } from '../store/outbox'
import { flash } from '../ui/parts'
import { t } from '../texts'
import { book } from './book'
import { nextMoment } from './moment'
import type { TubeFact, TubeKind } from './tube'

type Rest = Omit<TubeFact, 'id' | 'round' | 'tube' | 'kind' | 'seenAt'>

let before = 0

/** The fact, once it is on the disk; null when it could not be kept, and then the clerk is told to write it down. */
export async function record(desk: DeskView, kind: TubeKind, tube: string, rest: Rest = {}, round = desk.testing.id): Promise<TubeFact | null> {
  const at = nextMoment(clock.now(), Math.max(book.last, before))
  before = at
  const fact: TubeFact = { id: newId(at), round, tube, kind, seenAt: new Date(at).toISOString(), ...rest }
  try {
    await outbox.save('tube', fact)
  } catch (failure) {
    flash(t('table.unsaved', (failure as Error).name), 'refused')
    return null
  }
  book.add(fact)
  dispatchEvent(new Event('tx-scan'))
  return fact
}
