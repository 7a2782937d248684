/** Reads a Dockerfile into its stages and instructions, as far as ours goes; and what a .dockerignore leaves out. */

interface Instruction {
  readonly name: string
  readonly rest: string
}

export interface Stage {
  readonly from: string
  readonly as: string | null
  readonly instructions: readonly Instruction[]
}

export function readDockerfile(text: string): readonly Stage[] {
  const stages: { from: string; as: string | null; instructions: Instruction[] }[] = []
  for (const line of text.replaceAll(/\\\n\s*/gu, ' ').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/u.exec(line) ?? []
    if (name === '') throw new Error(`no instruction: ${line}`)
    if (name === 'FROM') {
      const [from = '', , as = null] = rest.split(/\s+/u)
      stages.push({ from, as, instructions: [] })
    } else stages.at(-1)?.instructions.push({ name, rest })
  }
  return stages
}

/** Those of an instruction, in their order. */
export function restsOf({ instructions }: Stage, name: string): readonly string[] {
  return instructions.filter((each) => each.name === name).map(({ rest }) => rest)
}

/** Whether a path below the root stays out of the context: patterns that begin with two stars match at any depth. */
export function ignores(dockerignore: string, path: string): boolean {
  const patterns = dockerignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return patterns.some((pattern) => {
    const anywhere = pattern.startsWith('**/')
    const glob = (anywhere ? pattern.slice(3) : pattern).replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')
    return new RegExp(`^${anywhere ? '(.*/)?' : ''}${glob}(/.*)?$`, 'u').test(path)
  })
}
