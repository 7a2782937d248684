/** The vitest settings that every package starts from. */
import type { ViteUserConfig } from 'vitest/config'

export declare const preset: ViteUserConfig
