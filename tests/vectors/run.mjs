// node run.mjs BUNDLE VECTORS: holds the phone's verifier against the vectors and against every changed byte of a pass; exit code 1 when it differs.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { noRevocations, readFirstTrustList, readPass, readRevocationList, readTrustList } = await import(pathToFileURL(process.argv[2]).href)
const vectors = JSON.parse(readFileSync(process.argv[3], 'utf8'))
const bytesOf = (base64) => Uint8Array.from(Buffer.from(base64, 'base64'))
const now = new Date(vectors.passes[0].at)
let wrong = 0

function differs(name, got, wanted) {
  if (JSON.stringify(got) === JSON.stringify(wanted)) return
  wrong++
  console.log(`${name}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`)
}

const first = await readFirstTrustList(bytesOf(vectors.first), now)
differs('first', first.fault, undefined)
const trust = await readTrustList(bytesOf(vectors.trust), first.list, now)
differs('trust', trust.fault, undefined)
const revoked = await readRevocationList(bytesOf(vectors.revoked), trust.list, noRevocations, now)
differs('revoked', revoked.fault, undefined)

for (const vector of vectors.passes) {
  const reading = await readPass(vector.text, trust.list, revoked.list, new Date(vector.at))
  differs(vector.name, reading.ok ? null : reading.fault, vector.fault)
  differs(vector.name, plain(reading.pass), vector.pass && plain(vector.pass))
}

for (const vector of vectors.lists) {
  const bytes = bytesOf(vector.base64)
  const at = new Date(vector.at)
  const reading = vector.kind === 'trust' ? await readTrustList(bytes, first.list, at) : await readRevocationList(bytes, first.list, noRevocations, at)
  differs(vector.name, [reading.ok ? null : reading.fault, reading.ok ? reading.list.number : null], [vector.fault, vector.number])
}

// Every character to every other of the alphabet; every byte of the message, under a mended checksum, with each of its bits turned.
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const good = vectors.passes[0].text
let changed = 0
for (let i = 0; i < good.length; i++) {
  for (const other of alphabet + 'a\n\u0130\uffff') if (other !== good[i]) await mustRefuse(good.slice(0, i) + other + good.slice(i + 1), `character ${i} as ${other}`)
}
const message = decode(good.slice(4)).subarray(7, -4)
differs('wrapping', wrap(message), good)
for (let i = 0; i < message.length; i++) {
  for (let bit = 0; bit < 8; bit++) {
    const bent = Uint8Array.from(message)
    bent[i] ^= 1 << bit
    await mustRefuse(wrap(bent), `byte ${i}, bit ${bit}`)
  }
}

console.log(`${vectors.passes.length} passes, ${vectors.lists.length} lists, ${changed} changed passes: ${wrong} wrong`)
process.exit(wrong === 0 ? 0 : 1)

async function mustRefuse(text, name) {
  changed++
  if ((await readPass(text, trust.list, revoked.list, now)).ok) differs(name, 'accepted', 'refused')
}

function plain(pass) {
  return pass && { ...pass, issuedAt: new Date(pass.issuedAt).getTime(), expiresAt: new Date(pass.expiresAt).getTime() }
}

function decode(text) {
  const bytes = []
  for (let i = 0; i < text.length; i += 3) {
    const value = [...text.slice(i, i + 3)].reduce((sum, c, place) => sum + alphabet.indexOf(c) * 45 ** place, 0)
    if (i + 2 < text.length) bytes.push(value >> 8)
    bytes.push(value & 255)
  }
  return Uint8Array.from(bytes)
}

function wrap(content) {
  let [low, high] = [1, 0]
  for (const value of content) {
    low = (low + value) % 65521
    high = (high + low) % 65521
  }
  const n = content.length
  const stream = [0x78, 1, 1, n & 255, n >> 8, ~n & 255, (~n >> 8) & 255, ...content, high >> 8, high & 255, low >> 8, low & 255]
  let text = 'TX1:'
  for (let i = 0; i < stream.length; i += 2) {
    const two = i + 1 < stream.length
    let value = two ? stream[i] * 256 + stream[i + 1] : stream[i]
    for (let k = two ? 3 : 2; k > 0; k--) {
      text += alphabet[value % 45]
      value = Math.floor(value / 45)
    }
  }
  return text
}
