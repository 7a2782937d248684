import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { encryptPush } from './encrypt.ts'

const octets = (text: string) => Buffer.from(text, 'base64url')

describe('RFC 8291 §5 and appendix A', () => {
  const recipient = {
    p256dh: octets('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
    auth: octets('BTBZMqHH6r4Tts7J_aSIgg'),
  }
  const drawn = [octets('DGv6ra1nlYgDCS1FRnbzlw'), octets('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw')]

  test('the message of the example is what comes out', () => {
    const left = [...drawn]
    const body = encryptPush(
      Buffer.from('When I grow up, I want to be a watermelon'),
      recipient,
      () => left.shift() ?? Buffer.alloc(0),
    )
    expect(body.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    )
  })
})

test('what was encrypted opens with the recipient’s key, and no two messages look alike', () => {
  const own = createECDH('prime256v1')
  const p256dh = own.generateKeys()
  const auth = randomBytes(16)
  const bodies = [1, 2].map(() => encryptPush(Buffer.from('{"id":"one"}'), { p256dh, auth }, randomBytes))
  expect(bodies[0]).not.toEqual(bodies[1])
  for (const body of bodies) expect(open(body).toString()).toBe('{"id":"one"}')

  function open(body: Buffer): Buffer {
    const salt = body.subarray(0, 16)
    const sender = body.subarray(21, 86)
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, sender])
    const material = Buffer.from(hkdfSync('sha256', own.computeSecret(sender), auth, info, 32))
    const part = (name: string, length: number) =>
      Buffer.from(hkdfSync('sha256', material, salt, `Content-Encoding: ${name}\0`, length))
    const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
    cipher.setAuthTag(body.subarray(-16))
    const plain = Buffer.concat([cipher.update(body.subarray(86, -16)), cipher.final()])
    expect(plain.at(-1)).toBe(2)
    return plain.subarray(0, -1)
  }
})

test('a key that is no point of the curve is refused', () => {
  expect(() =>
    encryptPush(Buffer.from('x'), { p256dh: Buffer.alloc(65, 4), auth: randomBytes(16) }, randomBytes),
  ).toThrow()
})
