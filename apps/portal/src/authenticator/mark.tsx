/** The product's mark: the double door. */

export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="#0d5b6d" />
      <path d="M6 26V15a10 10 0 0 1 20 0v11h-4V15a6 6 0 0 0-12 0v11z" fill="#fff" />
      <path d="M13 26V16a3 3 0 0 1 6 0v10z" fill="#a3d1dd" />
    </svg>
  )
}
