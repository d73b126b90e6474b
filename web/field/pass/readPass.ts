import { decodeBase45 } from './base45'
import { readClaims, type Pass } from './claims'
import { readSign1 } from './cose'
import { maxText, prefix, Refusal, toleranceMilliseconds, type PassFault } from './limits'
import { isRevoked, type RevocationList } from './revocation'
import { checkSignature, type TrustList } from './trust'
import { openStored } from './zlib'

/** What reading a text as a pass comes to. `pass` of a refusal is there when the signature is good and only time or a revocation stands against it. */
export type PassReading = { ok: true; pass: Pass; key: string } | { ok: false; fault: PassFault; pass: Pass | null }

/**
 * Reads a text as a scanner gives it, untrimmed. Never rejects, whatever the text; nothing of a pass is looked at before its signature is
 * found good. The same checks in the same order as `PassReader` of the server.
 */
export async function readPass(text: string, trust: TrustList, revoked: RevocationList, now: Date): Promise<PassReading> {
  let pass: Pass | null = null
  try {
    if (!text.startsWith(prefix)) throw new Refusal('NotAPass')
    if (text.length > maxText) throw new Refusal('TooLarge')
    const stream = decodeBase45(text.slice(prefix.length))
    if (!stream) throw new Refusal('BadEncoding')
    const bytes = openStored(stream)
    if (!bytes) throw new Refusal('BadCompression')
    const message = readSign1(bytes)
    await checkSignature(message, trust, 'passes', '', now)
    pass = readClaims(message.payload)
    if (pass.issuedAt.getTime() > now.getTime() + toleranceMilliseconds) throw new Refusal('NotYetValid')
    if (now.getTime() >= pass.expiresAt.getTime()) throw new Refusal('Expired')
    if (await isRevoked(revoked, pass)) throw new Refusal('Revoked')
    return { ok: true, pass, key: message.key }
  } catch (thrown) {
    return { ok: false, fault: thrown instanceof Refusal ? thrown.fault : 'BadStructure', pass }
  }
}
