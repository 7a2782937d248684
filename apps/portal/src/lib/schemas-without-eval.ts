/** Keeps zod from compiling schemas by eval, which the page's content security policy forbids; imported before any schema. */
import { config } from 'zod'

config({ jitless: true })
