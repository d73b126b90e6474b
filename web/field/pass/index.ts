/** Reading passes without a server: everything the field app needs from this folder. No dependencies. */
export type { Colour, Pass, PassReason } from './claims'
export type { PassFault } from './limits'
export { readPass, type PassReading } from './readPass'
export { noRevocations, readRevocationList, type RevocationList } from './revocation'
export { readFirstTrustList, readTrustList, type KeyUse, type ListReading, type TrustedKey, type TrustList } from './trust'
