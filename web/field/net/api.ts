// One way out. Answers are read as they are; what cannot be reached is told apart from what was refused.

/** No answer came: nothing is known about what was sent. */
export class Unreachable extends Error {}

export interface Answer<T> { status: number; body: T; etag: string | null; retryAfter: number | null }

interface Ask { method?: string; body?: unknown; token?: string; etag?: string | null; headers?: Record<string, string>; patience?: number }

export async function ask<T>(path: string, { method = 'GET', body, token, etag, headers, patience = 20_000 }: Ask = {}): Promise<Answer<T>> {
  const given: Record<string, string> = { accept: 'application/json', ...headers }
  if (token) given.authorization = `Device ${token}`
  if (etag) given['if-none-match'] = etag
  if (body !== undefined) given['content-type'] = 'application/json'
  let answer: Response
  let text: string
  try {
    answer = await fetch(path, {
      method, headers: given, body: body === undefined ? null : JSON.stringify(body), cache: 'no-store', redirect: 'error',
      // A device speaks for itself: the cookie of whoever signed in on this browser has no say.
      credentials: token ? 'omit' : 'same-origin',
      signal: AbortSignal.timeout(patience),
    })
    text = answer.status === 304 ? '' : await answer.text()
  } catch (failure) {
    throw new Unreachable(String(failure))
  }
  const wait = Number(answer.headers.get('retry-after'))
  return { status: answer.status, body: read<T>(text), etag: answer.headers.get('etag'), retryAfter: Number.isFinite(wait) && wait > 0 ? wait * 1000 : null }
}

/** A signed list as it is, base64; null when it could not be had. Whoever reads it checks its signature. */
export async function askBytes(path: string, patience = 20_000): Promise<string | null> {
  const answer = await fetch(path, { redirect: 'error', credentials: 'omit', signal: AbortSignal.timeout(patience) }).catch(() => null)
  if (answer?.status !== 200) return null
  return btoa(Array.from(new Uint8Array(await answer.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''))
}

function read<T>(text: string): T {
  try {
    return JSON.parse(text) as T
  } catch {
    return {} as T
  }
}
