/** What a person reads on the device: short enough for one RADIUS attribute (253 octets), for the oldest of screens. */

export const prompts = {
  enterCode: 'Enter the code that your token shows.',
  codeWrong: 'That code is not right. Enter the code that your token shows now.',
  codeUsed: 'That code was used before. Wait for the next one and enter it.',
} as const
