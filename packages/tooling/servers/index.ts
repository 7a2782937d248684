/** Real third-party servers and clients for tests and benchmarks, each on loopback ports of its own. */
export { freeTcpPort, freeUdpPort } from './ports.ts'
export { acceptsTcp, startProcess, type RunningProcess, type StartOptions } from './process.ts'
