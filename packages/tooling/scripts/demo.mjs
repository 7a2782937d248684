// `npm run demo`: installs, builds and runs the whole product with a sample site around it.
import { launch } from './lib/launch.mjs'

await launch('demo')
