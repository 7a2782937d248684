import { preset } from '@sallyport/tooling/vitest'

export default preset
