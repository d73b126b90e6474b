// The five answers told apart without colour: a ring with a tick, a triangle, an octagon with a hand's bar, a broken ring, a cross.
import type { Tone } from '../gate/answer'

const shapes: Record<Tone, string> = {
  green: '<circle cx="60" cy="60" r="50" fill="none" stroke="currentColor" stroke-width="10"/><path d="M36 62l17 17 33-37" fill="none" stroke="currentColor" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>',
  yellow: '<path d="M60 12L112 104H8Z" fill="none" stroke="currentColor" stroke-width="10" stroke-linejoin="round"/><path d="M60 46v28" stroke="currentColor" stroke-width="12" stroke-linecap="round"/><circle cx="60" cy="90" r="6.500" fill="currentColor"/>',
  red: '<path d="M40 8h40l32 32v40l-32 32H40L8 80V40Z" fill="none" stroke="currentColor" stroke-width="10" stroke-linejoin="round"/><path d="M32 60h56" stroke="currentColor" stroke-width="16" stroke-linecap="round"/>',
  grey: '<circle cx="60" cy="60" r="50" fill="none" stroke="currentColor" stroke-width="10" stroke-dasharray="22 13"/><path d="M46 48a14 14 0 1 1 20 13c-4 2-6 5-6 10" fill="none" stroke="currentColor" stroke-width="10" stroke-linecap="round"/><circle cx="60" cy="86" r="6" fill="currentColor"/>',
  name: '<circle cx="60" cy="42" r="22" fill="none" stroke="currentColor" stroke-width="10"/><path d="M18 106c4-24 20-34 42-34s38 10 42 34" fill="none" stroke="currentColor" stroke-width="10" stroke-linecap="round"/>',
  invalid: '<rect x="10" y="10" width="100" height="100" rx="14" fill="none" stroke="currentColor" stroke-width="10"/><path d="M38 38l44 44M82 38l-44 44" stroke="currentColor" stroke-width="12" stroke-linecap="round"/>',
}

const parsed = new Map<Tone, SVGElement>()

export function sign(tone: Tone): SVGElement {
  const known = parsed.get(tone)
  if (known) return document.importNode(known, true)
  const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" class="sign" aria-hidden="true">${shapes[tone]}</svg>`
  const made = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement as unknown as SVGElement
  parsed.set(tone, made)
  return document.importNode(made, true)
}
