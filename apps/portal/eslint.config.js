import { configuration } from '@sallyport/tooling/eslint'

export default configuration(import.meta.dirname)
