/** Whether there is room for what is to be written: a server that cannot write down a sign-in refuses it. */
import { statfsSync, type StatsFs } from 'node:fs'
import { dirname } from 'node:path'
import { finding, type Finding } from './finding.ts'

const gibibyte = 2 ** 30
const mebibyte = 2 ** 20

export function examineDisk(dataDir: string): readonly Finding[] {
  const found = statOf(dataDir)
  if (found === null) return [finding('disk', 'skipped', `${dataDir} cannot be looked at.`)]
  const free = found.bavail * found.bsize
  const message = `${(free / gibibyte).toFixed(2)} GiB are free where ${dataDir} lies.`
  const findings: Finding[] = []
  if (free < 200 * mebibyte) findings.push(finding('disk', 'bad', message, makeRoom))
  else if (free < 2 * gibibyte) findings.push(finding('disk', 'warning', message, makeRoom))
  else findings.push(finding('disk', 'good', message))
  // Some file systems count no files.
  if (found.files > 0 && found.ffree < 100) {
    findings.push(finding('disk', 'bad', `The file system has room for ${found.ffree} more files only.`, makeRoom))
  }
  return findings
}

const makeRoom = 'Make room, or move the data folder to a larger disk: without room, sign-ins are refused.'

/** Of the folder, or of the nearest one above it that is there. */
function statOf(folder: string): StatsFs | null {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return statfsSync(at)
    } catch {
      if (dirname(at) === at) return null
    }
  }
}
