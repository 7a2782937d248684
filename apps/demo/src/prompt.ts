/** The newcomer's turn: a user name, a password, a code, and what became of them, until they have seen enough. */
import type { Dialogue } from './dialogue.ts'
import type { Paper } from './paper.ts'
import { hasToken, type SamplePerson } from './sample-people.ts'
import type { SignInOutcome } from './vpn-device.ts'

export interface PromptParts {
  readonly paper: Paper
  readonly dialogue: Dialogue
  readonly people: readonly SamplePerson[]
  /** Where to sign in to the console, and how. */
  readonly access: readonly (readonly [string, string])[]
  readonly signIn: (
    username: string,
    password: string,
    answer: (prompt: string) => Promise<string | undefined>,
  ) => Promise<SignInOutcome>
  /** What the report says of the sign-in that just ended. */
  readonly explain: (username: string) => Promise<string | undefined>
}

/** Goes on until `quit` or the end of the input. */
export async function runPrompt(parts: PromptParts): Promise<void> {
  const { paper, dialogue, people } = parts
  for (;;) {
    paper.line()
    const typed = await dialogue.ask(question(paper, 'user name'))
    if (typed === undefined) return
    const username = typed.trim()
    switch (username) {
      case '':
        break
      case 'quit':
      case 'exit':
        return
      case 'help':
        showHelp(parts)
        break
      case 'users':
        showPeople(paper, people)
        break
      default: {
        const password = await dialogue.ask(question(paper, 'password '))
        if (password === undefined) return
        await trySignIn(parts, username, password)
      }
    }
  }
}

async function trySignIn(parts: PromptParts, username: string, password: string): Promise<void> {
  const { paper, dialogue } = parts
  const answer = async (prompt: string) => {
    paper.line()
    paper.line(paper.paint('bold', prompt))
    const tokenOf = `SAMPLE-${username.toUpperCase()}`
    paper.line(paper.paint('dim', `The console shows it: OATH Tokens, ${tokenOf}. An empty line gives up.`))
    const code = await dialogue.ask(question(paper, 'code     '))
    return code?.trim() === '' ? undefined : code?.trim()
  }
  try {
    const outcome = await parts.signIn(username, password, answer)
    showOutcome(paper, username, outcome)
    if (outcome.kind === 'given-up') return
    const reason = await parts.explain(username)
    if (reason !== undefined) paper.line(`  The report says ${paper.paint('bold', reason)}.`)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    paper.verdict(false, `RADIUS cannot carry that: ${error.message}.`)
  }
}

/** The verdict in words. */
export function showOutcome(paper: Paper, username: string, outcome: SignInOutcome): void {
  switch (outcome.kind) {
    case 'accepted':
      paper.verdict(true, `${username} is let in.`)
      break
    case 'rejected':
      paper.verdict(false, `${username} is refused.`)
      break
    case 'given-up':
      paper.verdict(false, `${username} gave no answer, and stays outside.`)
      break
    case 'no-answer':
      paper.verdict(false, `No answer came (${outcome.reason}): ${username} stays outside.`)
  }
}

const hints: Readonly<Record<SamplePerson['part'], string>> = {
  token: '',
  'no-token': 'a user without a token',
  disabled: 'a disabled user',
  'not-a-user': 'in the directory, but no user of Sallyport',
}

export function showPeople(paper: Paper, people: readonly SamplePerson[]): void {
  paper.line()
  paper.table(
    people.map((person) => [
      person.username,
      person.password,
      hasToken(person) ? `SAMPLE-${person.username.toUpperCase()}` : '–',
      hints[person.part],
    ]),
  )
}

export function showAccess(paper: Paper, access: PromptParts['access']): void {
  paper.line()
  paper.table(access.map(([name, value]) => [name, paper.paint('bold', value)]))
}

function showHelp({ paper, access }: PromptParts): void {
  paper.line()
  paper.line('Type a user name and a password; when the server asks for a code, the console shows it.')
  paper.line('A code may also follow the password in one line: sesame-birch,123456')
  paper.line()
  paper.table([
    ['users', 'the sample people, their passwords and tokens'],
    ['help', 'this, and where the console is'],
    ['quit', 'ends everything; so does Ctrl-C'],
  ])
  showAccess(paper, access)
}

function question(paper: Paper, name: string): string {
  return `   ${paper.paint('cyan', `${name} ›`)} `
}
