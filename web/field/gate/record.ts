// One way into the outbox for everything a gate sees.
import { held } from '../session'
import { sync } from '../net/sync'
import { clock } from '../store/clock'
import { newId } from '../store/ids'
import { outbox } from '../store/outbox'
import { flash } from '../ui/parts'
import { t } from '../texts'
import type { Scan, ScanKind, Subject } from './answer'
import { memory } from './memory'

interface More { id?: string; at?: number; reason?: string | null; temperature?: number | null; companions?: number; label?: string | null; draft?: boolean; paper?: boolean; plate?: string | null }

/** The fact, once it is on the disk; null when it could not be kept, and then the guard is told. */
export async function record(subject: Subject, kind: ScanKind, more: More = {}): Promise<Scan | null> {
  const post = held.post
  if (!post) return null
  const at = more.at ?? clock.now()
  const scan: Scan & { label: string | null } = {
    ...subject,
    id: more.id ?? newId(at),
    gateId: post.gate,
    lane: post.lane,
    kind,
    plate: more.plate ?? subject.plate,
    reasonCode: more.reason ?? subject.reasonCode,
    temperature: more.temperature ?? null,
    seenAt: new Date(at).toISOString(),
    offline: more.paper === true || !sync.state.online,
    companions: more.companions ?? 0,
    // For the outbox page; it stays here.
    label: more.label ?? null,
  }
  try {
    await outbox.save('scan', scan, more.draft ? 'draft' : 'saved')
  } catch (failure) {
    flash(t('answer.unsaved', (failure as Error).name), 'refused')
    return null
  }
  memory.add(scan)
  dispatchEvent(new Event('tx-scan'))
  return scan
}
