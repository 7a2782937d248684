/** Octets as text: base64url (RFC 4648 §5) without padding, and plain base64 for keys. */

export function toBase64(octets: ArrayBuffer | Uint8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(octets)))
}

export function toBase64Url(octets: ArrayBuffer | Uint8Array): string {
  return toBase64(octets).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}
