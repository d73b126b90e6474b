// From what was scanned or typed to an answer.
import type { Pack } from '../pack'
import { clock } from '../store/clock'
import { ofPermit, ofReading, ofUnknown, plateOf, type GateAnswer, type Reading } from './answer'
import { memory } from './memory'

export type Verify = (text: string, now: number) => Promise<Reading>

const isPass = (text: string) => /^TX\d:/i.test(text)

export async function lookUp(text: string, gate: string, pack: Pack, verify: Verify): Promise<GateAnswer> {
  const typed = text.trim()
  const now = clock.now()
  if (isPass(typed)) {
    const reading = await verify(typed, now)
    return ofReading(reading, pack, memory.of(reading.pass?.reference), now)
  }
  const permit = findPermit(typed, pack, now)
  if (permit) return ofPermit(permit, gate, memory.of(permit.id), now)
  // Some other QR code is told as that; words typed by hand are a plate or a name.
  if (typed.length > 24 || /^[a-z]+:/i.test(typed)) return ofReading({ fault: 'NotAPass', pass: null }, pack, undefined, now)
  return ofUnknown(typed)
}

/** By code, then by plate, then by the short name on it; one that holds now before one that is over. */
function findPermit(typed: string, pack: Pack, now: number) {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/^TXP:/, '')
  const plate = plateOf(typed)
  const found = pack.permits.filter((p) => p.code.toUpperCase().replace(/-/g, '') === code || (plate !== null && p.plate && plateOf(p.plate) === plate) || (p.name && p.name === typed))
  return found.find((p) => Date.parse(p.from) <= now && now < Date.parse(p.until)) ?? found[0]
}
