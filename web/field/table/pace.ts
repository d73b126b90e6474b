// How fast the table is: what the 点长 asks, and what the plan counted on.

const HOUR = 3_600_000
/** Below this a rate says nothing. */
const LEAST = 5 * 60_000

export interface Pace { all: number; lastHour: number; rate: number | null }

/** From the instants of the samples of this table. The rate is people an hour over the last hour, or since the first of them. */
export function pace(samples: readonly number[], now: number): Pace {
  const recent = samples.filter((at) => at > now - HOUR && at <= now)
  const first = Math.min(...recent)
  const span = now - first
  return { all: samples.length, lastHour: recent.length, rate: recent.length < 2 || span < LEAST ? null : Math.round(recent.length * (HOUR / Math.min(HOUR, span))) }
}
