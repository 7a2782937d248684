/** Who holds a port, as far as this machine tells (Linux: /proc), for an error that a person can act on. */
import { readdir, readFile, readlink } from 'node:fs/promises'

/** “freeradius (process 812)”, or undefined where that cannot be found out. */
export async function findPortHolder(port: number, protocol: 'udp' | 'tcp' = 'udp'): Promise<string | undefined> {
  const inodes = new Set<string>()
  for (const table of [`/proc/net/${protocol}`, `/proc/net/${protocol}6`]) {
    for (const line of (await readFile(table, 'latin1').catch(() => '')).split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      const localPort = Number.parseInt(fields[1]?.split(':').at(-1) ?? '', 16)
      if (localPort === port && fields[9]) inodes.add(`socket:[${fields[9]}]`)
    }
  }
  if (inodes.size === 0) return undefined
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  for (const process of processes) {
    for (const descriptor of await readdir(`/proc/${process}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${process}/fd/${descriptor}`).catch(() => '')
      if (!inodes.has(target)) continue
      const name = (await readFile(`/proc/${process}/comm`, 'utf8').catch(() => '')).trim()
      return `${name || 'a program'} (process ${process})`
    }
  }
  return undefined
}
