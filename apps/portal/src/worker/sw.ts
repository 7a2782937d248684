/** The authenticator's service worker: keeps the app on the device. */
declare const self: ServiceWorkerGlobalScope

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

export {}
