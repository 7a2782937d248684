/** What a person reads on the device: short enough for one RADIUS attribute (253 octets), for the oldest of screens. */

/** `#` stands for a number. */
const english = {
  enterCode: 'Enter the code that your token shows.',
  codeWrong: 'That code is not right. Enter the code that your token shows now.',
  codeUsed: 'That code was used before. Wait for the next one and enter it.',
  textCode: 'Enter the code that was sent to your phone.',
  textCodeWithPin: 'Enter the code that was sent to your phone, and your PIN right behind it.',
  emailCode: 'Enter the code that was sent to you by mail.',
  sentCodeWrong: 'That is not right. Enter the code that was sent to you.',
  sentCodeWithPinWrong: 'That is not right. Enter the code that was sent to you, and your PIN right behind it.',
  pickNumber: 'Pick the number # in your app, then confirm here.',
  typeNumber: 'Approve in your app, then enter the number that it shows.',
  numberWrong: 'That is not right. Approve in your app, then enter the number that it shows.',
  fallback: 'Prove in another way who you are.',
  newPin: 'Your PIN has to be changed. Enter a new one of at least # digits.',
  newPinRefused: 'That PIN cannot be used. Enter another one of at least # digits.',
  newPinAgain: 'Enter the new PIN once more.',
}

export type Prompt = keyof typeof english
type Prompts = Readonly<Record<Prompt, string>>

const german: Prompts = {
  enterCode: 'Geben Sie den Code ein, den Ihr Token zeigt.',
  codeWrong: 'Dieser Code stimmt nicht. Geben Sie den Code ein, den Ihr Token jetzt zeigt.',
  codeUsed: 'Dieser Code wurde schon benutzt. Warten Sie auf den nächsten und geben Sie ihn ein.',
  textCode: 'Geben Sie den Code ein, der an Ihr Telefon gesendet wurde.',
  textCodeWithPin: 'Geben Sie den Code ein, der an Ihr Telefon gesendet wurde, und gleich dahinter Ihre PIN.',
  emailCode: 'Geben Sie den Code ein, der Ihnen per E-Mail gesendet wurde.',
  sentCodeWrong: 'Das stimmt nicht. Geben Sie den Code ein, der Ihnen gesendet wurde.',
  sentCodeWithPinWrong:
    'Das stimmt nicht. Geben Sie den Code ein, der Ihnen gesendet wurde, und gleich dahinter Ihre PIN.',
  pickNumber: 'Wählen Sie in Ihrer App die Zahl # und bestätigen Sie dann hier.',
  typeNumber: 'Bestätigen Sie in Ihrer App und geben Sie dann die Zahl ein, die sie zeigt.',
  numberWrong: 'Das stimmt nicht. Bestätigen Sie in Ihrer App und geben Sie dann die Zahl ein, die sie zeigt.',
  fallback: 'Weisen Sie sich auf andere Weise aus.',
  newPin: 'Ihre PIN muss geändert werden. Geben Sie eine neue mit mindestens # Ziffern ein.',
  newPinRefused: 'Diese PIN geht nicht. Geben Sie eine andere mit mindestens # Ziffern ein.',
  newPinAgain: 'Geben Sie die neue PIN noch einmal ein.',
}

export const promptsByLanguage: ReadonlyMap<string, Prompts> = new Map([
  ['en', english],
  ['de', german],
])

/**
 * @param language such as `de` or `de-AT`; English where the product does not have it
 * @param number what takes the place of `#`
 */
export function promptText(prompt: Prompt, language: string, number = ''): string {
  const [base = language] = language.split('-')
  return (promptsByLanguage.get(base) ?? english)[prompt].replace('#', number)
}
