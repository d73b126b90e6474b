/** What a pass may not exceed: the same numbers as `PassLimits` in the server. docs/algorithms/passes.md says where they come from. */
export const prefix = 'TX1:'
export const maxText = 1000
export const maxName = 24
export const maxWord = 32
export const maxLifeSeconds = 7 * 24 * 3600
export const toleranceMilliseconds = 5 * 60 * 1000
export const maxListLength = 4 << 20

/** Why a text is not a good pass, in the order in which faults are looked for. The server, this verifier and the vectors use these names. */
export type PassFault =
  | 'NotAPass'
  | 'TooLarge'
  | 'BadEncoding'
  | 'BadCompression'
  | 'BadStructure'
  | 'WrongAlgorithm'
  | 'UnknownKey'
  | 'KeyEnded'
  | 'BadSignature'
  | 'NotYetValid'
  | 'Expired'
  | 'Revoked'

/** Thrown and caught inside this folder only: no reader lets it out. */
export class Refusal extends Error {
  constructor(readonly fault: PassFault) {
    super(fault)
  }
}
