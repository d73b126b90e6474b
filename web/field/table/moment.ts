// The order of what a table does is told by its times: two facts never have the same, and a clock that jumps back does not turn them round.

/** Milliseconds: the clock's, or just after the last one. */
export const nextMoment = (now: number, last: number): number => Math.max(Math.floor(now), last + 1)
