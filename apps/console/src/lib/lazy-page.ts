/** Pages and parts of pages that are loaded when they are wanted, and shown once their words are there. */
import { lazyRouteComponent } from '@tanstack/react-router'
import { lazy, type ComponentType } from 'react'
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

/** A component in a file of its own, to be shown within a Suspense. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const part = await load()
    await loadWords()
    return { default: part }
  })
}
