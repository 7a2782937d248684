// `npm start`: installs, builds and runs the server with its console on a data folder of its own.
import { launch } from './lib/launch.mjs'

await launch('start')
