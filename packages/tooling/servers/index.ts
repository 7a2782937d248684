/** Real third-party servers and clients for tests and benchmarks, each on loopback ports of its own. */
export {}
