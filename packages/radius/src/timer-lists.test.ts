import { describe, expect, it } from 'vitest'

import { Timed, TimerLists } from './timer-lists.ts'

class Alarm extends Timed {
  readonly #rang: (name: string) => void
  readonly name: string

  constructor(name: string, rang: (name: string) => void) {
    super()
    this.name = name
    this.#rang = rang
  }

  due(): void {
    this.#rang(this.name)
  }
}

/** Resolves with the names in the order in which they rang, once the last one has. */
function ringing(last: string, begin: (alarm: (name: string) => Alarm, lists: TimerLists) => void): Promise<string[]> {
  return new Promise((resolve) => {
    const rang: string[] = []
    const note = (name: string) => {
      rang.push(name)
      if (name === last) resolve(rang)
    }
    begin((name) => new Alarm(name, note), new TimerLists())
  })
}

describe('timer lists', () => {
  it('ring in the order of their ends, whatever their durations', async () => {
    const rang = await ringing('d', (alarm, lists) => {
      lists.start(alarm('d'), 60)
      lists.start(alarm('a'), 5)
      lists.start(alarm('b'), 5)
      lists.start(alarm('c'), 30)
    })
    expect(rang).toEqual(['a', 'b', 'c', 'd'])
  })

  it('do not ring for what was stopped, at either end of a list or in its middle', async () => {
    const rang = await ringing('last', (alarm, lists) => {
      const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(alarm) as [Alarm, Alarm, Alarm, Alarm, Alarm]
      for (const each of [a, b, c, d, e]) lists.start(each, 10)
      for (const each of [a, c, e, e]) lists.stop(each)
      lists.start(alarm('last'), 40)
    })
    expect(rang).toEqual(['b', 'd', 'last'])
  })

  it('ring once for what was started anew, at the later time', async () => {
    const rang = await ringing('last', (alarm, lists) => {
      const a = alarm('a')
      lists.start(a, 5)
      lists.start(a, 30)
      lists.start(alarm('b'), 15)
      lists.start(alarm('last'), 60)
    })
    expect(rang).toEqual(['b', 'a', 'last'])
  })

  it('take what is started while one rings', async () => {
    const rang = await ringing('again', (alarm, lists) => {
      const again = alarm('again')
      class Starter extends Timed {
        due(): void {
          lists.start(again, 5)
        }
      }
      lists.start(new Starter(), 5)
      lists.start(alarm('a'), 5)
    })
    expect(rang).toEqual(['a', 'again'])
  })
})
