import { Refusal } from './limits'

const enum Major {
  Unsigned = 0,
  Negative = 1,
  Bytes = 2,
  Text = 3,
  List = 4,
  Map = 5,
  Tag = 6,
}

/** Reads CBOR in its one deterministic form: definite lengths, shortest heads, map keys in order and once. Throws `Refusal` at anything else. */
export class CborReader {
  private at = 0

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {}

  tag(): number {
    return this.head(Major.Tag)
  }

  list(): number {
    return this.head(Major.List)
  }

  /** Entries of the map that begins here. */
  map(): number {
    return this.head(Major.Map)
  }

  unsigned(): number {
    return this.head(Major.Unsigned)
  }

  /** An integer of either sign. */
  integer(): number {
    return this.major() === Major.Negative ? -1 - this.head(Major.Negative) : this.head(Major.Unsigned)
  }

  text(): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(this.head(Major.Text)))
    } catch {
      throw malformed()
    }
  }

  data(): Uint8Array<ArrayBuffer> {
    return this.take(this.head(Major.Bytes))
  }

  /** The key that must come next. */
  expect(key: number): void {
    if (this.integer() !== key) throw malformed()
  }

  end(): void {
    if (this.at !== this.bytes.length) throw malformed()
  }

  private major(): number {
    if (this.at >= this.bytes.length) throw malformed()
    return this.bytes[this.at] >> 5
  }

  private head(major: number): number {
    if (this.major() !== major) throw malformed()
    const low = this.bytes[this.at++] & 31
    if (low < 24) return low
    if (low > 27) throw malformed()
    const size = 1 << (low - 24)
    let value = 0
    for (const byte of this.take(size)) value = value * 256 + byte
    const least = size === 1 ? 24 : size === 2 ? 0x100 : size === 4 ? 0x10000 : 0x100000000
    if (value < least || value > Number.MAX_SAFE_INTEGER) throw malformed()
    return value
  }

  private take(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.bytes.length - this.at) throw malformed()
    return this.bytes.subarray(this.at, (this.at += length))
  }
}

export function malformed(): Refusal {
  return new Refusal('BadStructure')
}
