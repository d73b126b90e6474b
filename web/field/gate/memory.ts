// What this phone saw in the last day, to warn of a pass shown twice. Rebuilt from the outbox at unlocking; gone with the lock.
import { outbox } from '../store/outbox'
import { clock } from '../store/clock'
import type { Scan, Seen } from './answer'

const DAY = 24 * 3_600_000
const MOST = 5_000
const seen = new Map<string, Seen>()

export const memory = {
  of: (key: string | null | undefined): Seen | undefined => (key ? seen.get(key) : undefined),

  add(scan: Scan): void {
    const key = scan.passRef ?? scan.permitId
    if (key) seen.set(key, { kind: scan.kind, at: Date.parse(scan.seenAt) })
  },

  async load(): Promise<void> {
    const after = clock.now() - DAY
    const rows = (await outbox.list(MOST)).filter((row) => row.kind === 'scan' && row.at > after)
    for (const row of rows.reverse()) memory.add(await outbox.open<Scan>(row))
  },

  clear: (): void => seen.clear(),
}
