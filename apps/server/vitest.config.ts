import { preset } from '@sallyport/tooling/vitest'
import { mergeConfig } from 'vitest/config'

// Most of what these tests take is waiting for real servers and for time-outs: two files at a time fill each other's pauses.
export default mergeConfig(preset, { test: { maxWorkers: 2 } })
