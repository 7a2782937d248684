import { configuration } from './eslint/index.js'

export default configuration(import.meta.dirname)
