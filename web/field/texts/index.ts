import { zh } from './zh'
import { en } from './en'

export type Key = keyof typeof zh
export type Language = 'zh' | 'en'

const KEPT = 'tx-field-language'

let language: Language = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'
mark()

export function speak(chosen: Language): void {
  language = chosen
  localStorage.setItem(KEPT, chosen)
  mark()
}

export const spoken = (): Language => language

/** The text; the key itself when nobody has words for it. */
export function t(key: string, ...args: (string | number)[]): string {
  const text = (language === 'en' ? en : zh)[key as Key] ?? key
  return text.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)] ?? ''))
}

const clockFace = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' })
const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })

/** "18:30" today, "11月22日 18:30" otherwise; campus time wherever the phone thinks it is. */
export function when(at: number | null | undefined): string {
  if (!at) return '—'
  const time = clockFace.format(at)
  const day = dayOf.format(at)
  if (day === dayOf.format(Date.now())) return time
  const [, month, date] = day.split('-').map(Number)
  return `${t('date', month ?? 0, date ?? 0)} ${time}`
}

/** From when until when; the day is said once. */
export const span = (from: number, until: number): string =>
  dayOf.format(from) === dayOf.format(until) ? `${when(from)}–${clockFace.format(until)}` : `${when(from)} – ${when(until)}`

function mark(): void {
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-Hans-CN'
}
