/** Keeps the app's own files on the device, so that it opens, and shows codes, without a network. */

/** Named anew by each build: an old one is thrown away whole. */
const build = 'BUILD_NAME'
const name = `app-${build}`

/** Fetches everything that the app is made of, before the worker counts as installed. */
export async function keepFiles(): Promise<void> {
  const list = (await (await fetch('/app/files.json', { cache: 'no-store' })).json()) as string[]
  const cache = await caches.open(name)
  await cache.addAll(['/app/', ...list].map((path) => new Request(path, { cache: 'no-cache' })))
  for (const old of await caches.keys()) if (old !== name) await caches.delete(old)
}

/** The page comes fresh where there is a network; files under hashed names come from the device. Nothing of the API is kept. */
export function answerFromKept(event: FetchEvent): void {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await caches.match('/app/')) ?? Response.error()))
    return
  }
  event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)))
}
