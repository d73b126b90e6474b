// Whom a text means, in the order of the fallback: code > identity card > campus card > name and room. Below that comes the paper slip.
// Pure but for the hash: the roster lies in the pack, numbers in it are salted hashes.
import type { Member } from '../pack'
import { keyOf, type KeyKind } from './keys'

export type How = 'pass' | 'card' | 'tail' | 'name' | 'none'

export interface Found { how: How; people: Member[] }

const MOST_SHOWN = 24
const STAR = '＊'
/** Words of a room that people leave out or write otherwise. */
const FILLER = /[号楼栋幢座单元室门房\s\-#/,，.。、]/g

export class Finder {
  private readonly byKey = new Map<string, Member[]>()
  private readonly byName = new Map<string, Member[]>()

  constructor(private readonly people: readonly Member[], private readonly salt: Uint8Array<ArrayBuffer>) {
    for (const person of people) {
      for (const key of person.keys) put(this.byKey, key, person)
      put(this.byName, person.name, person)
    }
  }

  /** Somebody whose pass was verified: by its reference; a pass newer than the pack by the short name on it. */
  async byPass(reference: string, name: string): Promise<Found> {
    const known = await this.of('p', reference.replaceAll('-', ''))
    if (known.length > 0) return { how: 'pass', people: known }
    return { how: 'name', people: (this.byName.get(name) ?? []).slice(0, MOST_SHOWN) }
  }

  /** Typed, or read off a card. */
  async byText(text: string): Promise<Found> {
    const typed = text.normalize('NFKC').trim()
    if (typed === '') return { how: 'none', people: [] }
    const plain = typed.replace(/\s/g, '').toUpperCase()
    const exact = [...await this.of('d', plain), ...await this.of('n', plain)]
    if (exact.length > 0) return { how: 'card', people: [...new Set(exact)] }
    const words = typed.split(/\s+/)
    const tail = words.find((word) => /^\d{3}[\dXx]$/.test(word))
    if (tail) {
      const sharing = await this.of('t', tail)
      const rest = words.filter((word) => word !== tail)
      // Four digits may be a room as well.
      const people = rest.length === 0 ? [...new Set([...sharing, ...this.byWords(words, this.people)])] : this.byWords(rest, sharing)
      if (people.length > 0) return { how: 'tail', people: people.slice(0, MOST_SHOWN) }
    }
    const people = this.byWords(words, this.people)
    return { how: people.length > 0 ? 'name' : 'none', people: people.slice(0, MOST_SHOWN) }
  }

  private async of(kind: KeyKind, text: string): Promise<Member[]> {
    return this.byKey.get(await keyOf(this.salt, kind, text)) ?? []
  }

  private byWords(words: readonly string[], among: readonly Member[]): Member[] {
    // A room may be written with blanks: its parts belong together.
    const room = words.filter((word) => /\d/.test(word)).join('-')
    const tests = [...words.filter((word) => !/\d/.test(word)).map(named), ...(room === '' ? [] : [inRoom(room)])]
    return among.filter((person) => tests.every((test) => test(person)))
  }
}

function put(map: Map<string, Member[]>, key: string, person: Member): void {
  const there = map.get(key)
  if (there) there.push(person)
  else map.set(key, [person])
}

/** "3号楼2单元501" and "3-2-501" are one room: the numbers in their order. */
export const roomKey = (text: string): string => (text.normalize('NFKC').toUpperCase().match(/\d+|[A-Z]+/g) ?? []).join('-')

function inRoom(word: string): (person: Member) => boolean {
  const key = roomKey(word)
  const letters = [...word.normalize('NFKC').replace(FILLER, '').replace(/[\dA-Za-z]/g, '')]
  return (person) => {
    const room = roomKey(person.room)
    return (room === key || room.endsWith(`-${key}`)) && letters.every((c) => person.room.includes(c))
  }
}

/** The whole name, its short form, or how it begins. */
function named(word: string): (person: Member) => boolean {
  const short = shortName(word)
  const letters = [...word]
  return (person) => person.name === word || person.name === short || (letters.length === 1 && person.name.startsWith(word))
}

/** As the server shortens names (ShortName in Core): first and last character, at most two stars between. */
export function shortName(name: string): string {
  const letters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name.trim())].map((part) => part.segment)
  if (letters.length < 2) return letters[0] ?? ''
  if (letters.length === 2) return letters[0] + STAR
  return letters[0] + STAR.repeat(Math.min(letters.length - 2, 2)) + letters[letters.length - 1]
}
