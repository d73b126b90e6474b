// Codes of the paper list: "L", the day since 2026-01-01 (three), a serial (four), two checking characters; letters that look alike are left out.
// docs/modules/field.md has the rule; the server prints by the same.
import { uuid7 } from '../store/ids'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const FIRST_DAY = Date.UTC(2026, 0, 1) - 8 * 3_600_000
const DAY = 24 * 3_600_000

/** A line of the paper list, scanned. */
export const isLine = (text: string): boolean => dayOf(text.trim().toUpperCase().replace(/[\s-]/g, '')) !== null

/** The id of the fact of a line; null when the code is none. A permit's own code may be used many times: its time belongs to the id. */
export async function lineId(code: string, kind: string, permit: boolean, at: number): Promise<string | null> {
  const plain = code.slice(0, 1) + code.slice(1).replace(/O/g, '0').replace(/[IL]/g, '1')
  const day = permit ? Math.floor((at - FIRST_DAY) / DAY) : dayOf(plain)
  if (day === null) return null
  const words = permit ? `${code}|${kind}|${Math.floor(at / 60_000)}` : plain
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`tongxin paper|${words}`)))
  return uuid7(FIRST_DAY + day * DAY, hash.slice(0, 16))
}

function dayOf(code: string): number | null {
  if (code.length !== 10 || !code.startsWith('L')) return null
  const values = [...code.slice(1)].map((c) => LETTERS.indexOf(c))
  if (values.includes(-1)) return null
  let sum = 0
  for (const value of values.slice(0, 7)) sum = (sum * 32 + value) % 1021
  if (sum !== (values[7] ?? 0) * 32 + (values[8] ?? 0)) return null
  return values.slice(0, 3).reduce((all, value) => all * 32 + value, 0)
}
