/** Pages that are loaded when one goes there, and shown once their words are there. */
import { lazyRouteComponent } from '@tanstack/react-router'
import { loadWords } from './words.ts'

/**
 * The component of a route in a file of its own. The file is not to wait for its words by itself, with a top-level await: what it
 * shares with others would then be cut into many small files, since none may wait for a file that waits.
 */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    const page = await load()
    await loadWords()
    return page
  }, name)
}
