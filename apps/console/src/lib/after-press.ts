/** Puts off what would move a page under a finger or a pointer that is down, so that the click still meets what it was meant for. */

let isPressed = false
if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => (isPressed = true), true)
  for (const event of ['pointerup', 'pointercancel']) document.addEventListener(event, () => (isPressed = false), true)
}

/** Acts at once, or after the click where a press is under way. */
export function afterPress(act: () => void): void {
  if (!isPressed) {
    act()
    return
  }
  const ends = new AbortController()
  const end = () => {
    ends.abort()
    // The click follows pointerup within the same task.
    setTimeout(act)
  }
  for (const event of ['pointerup', 'pointercancel']) document.addEventListener(event, end, { signal: ends.signal })
}
