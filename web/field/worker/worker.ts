/// <reference lib="webworker" />
// Keeps the shell: files named by their content, put by at install, served from here first. Data are never cached here; they lie sealed in
// IndexedDB. A new version waits until the page says "take".
declare const __SHELL__: { version: string; files: string[]; lazy: string[] }

const shell = __SHELL__
const own = self as unknown as ServiceWorkerGlobalScope
const SHELL = `tongxin-field-${shell.version}`
const HOME = '/field/'

own.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL)
    await cache.addAll([HOME, ...shell.files].map((file) => new Request(file, { cache: file.startsWith('/dist/assets/') ? 'default' : 'reload' })))
    // The scanner of browsers without one is large: the app works while it comes, and an update does not fetch it anew.
    for (const file of shell.lazy) void keep(cache, file)
  })())
})

own.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('tongxin-field-') && name !== SHELL) await caches.delete(name)
    await own.clients.claim()
  })())
})

own.addEventListener('message', (event) => {
  if (event.data === 'take') void own.skipWaiting()
})

own.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url)
  if (event.request.method !== 'GET' || address.origin !== own.location.origin) return
  if (event.request.mode === 'navigate') {
    if (address.pathname === '/field' || address.pathname === HOME) event.respondWith(fromShell(HOME, event.request))
  } else if (shell.files.includes(address.pathname) || shell.lazy.includes(address.pathname)) {
    event.respondWith(fromShell(address.pathname, event.request))
  }
})

async function fromShell(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(SHELL)
  const kept = await cache.match(file)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok && shell.lazy.includes(file)) await cache.put(file, fresh.clone())
  return fresh
}

async function keep(cache: Cache, file: string): Promise<void> {
  try {
    const before = await caches.match(file)
    if (before) await cache.put(file, before)
    else await cache.add(file)
  } catch {
    // It is asked for again when it is needed.
  }
}
