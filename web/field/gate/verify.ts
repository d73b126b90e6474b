// The verifier of ../pass, fed with what the pack carries. The first trust list came with the enrolment; a later one counts only when a key
// of the one before signed it, so a stranger in between cannot put keys on this phone.
import { noRevocations, readFirstTrustList, readPass, readRevocationList, readTrustList, type TrustList } from '../pass'
import type { ColourName, Lists } from '../pack'
import { clock } from '../store/clock'
import { vault } from '../store/vault'
import type { Verify } from './lookup'

/** Made once for a pack, so that a scan costs the reading alone. */
export async function makeVerifier(pack: Lists): Promise<Verify> {
  const now = new Date(clock.now())
  const trust = await trustFrom(pack, now)
  if (!trust) return () => Promise.resolve({ fault: 'UnknownKey', pass: null })
  const list = pack.revocations ? await readRevocationList(bytes(pack.revocations), trust, noRevocations, now) : null
  const revoked = list?.ok ? list.list : noRevocations
  return async (text, at) => {
    const reading = await readPass(text, trust, revoked, new Date(at))
    const pass = reading.pass && {
      reference: reading.pass.reference,
      name: reading.pass.name,
      colour: reading.pass.colour === 'None' ? null : (reading.pass.colour.toLowerCase() as ColourName),
      reason: reading.pass.reason,
      issuedAt: reading.pass.issuedAt.getTime(),
      expiresAt: reading.pass.expiresAt.getTime(),
    }
    return reading.ok && pass ? { fault: null, pass } : { fault: reading.ok ? 'BadStructure' : reading.fault, pass }
  }
}

async function trustFrom(pack: Lists, now: Date): Promise<TrustList | null> {
  const kept = await vault.read<string>('trust')
  const before = kept ? await readFirstTrustList(bytes(kept), now) : null
  const held = before?.ok ? before.list : null
  if (!pack.trust || pack.trust === kept) return held
  const next = held ? await readTrustList(bytes(pack.trust), held, now) : await readFirstTrustList(bytes(pack.trust), now)
  if (!next.ok) return held
  await vault.keep('trust', pack.trust)
  return next.list
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
}
