/** What a person reads on the device: short enough for one RADIUS attribute (253 octets), for the oldest of screens. */

export const prompts = {
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
} as const

/** @param prompt one that has a place for a number */
export function withNumber(prompt: string, number: string): string {
  return prompt.replace('#', number)
}
