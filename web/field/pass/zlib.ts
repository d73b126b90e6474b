const around = 11

/** The content of the one zlib stream a pass travels in (header 78 01, a single stored block, Adler-32), or null when it is anything else. */
export function openStored(stream: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  if (stream.length < around || stream[0] !== 0x78 || stream[1] !== 0x01 || stream[2] !== 0x01) return null
  const view = new DataView(stream.buffer, stream.byteOffset, stream.length)
  const length = view.getUint16(3, true)
  if ((view.getUint16(5, true) ^ 0xffff) !== length || stream.length !== length + around) return null
  const content = stream.subarray(7, 7 + length)
  return view.getUint32(7 + length) === adler32(content) ? content : null
}

// A pass is shorter than the 5,552 bytes after which the sums would have to be reduced in between.
function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const value of bytes) {
    low = (low + value) % 65521
    high = (high + low) % 65521
  }
  return high * 65536 + low
}
