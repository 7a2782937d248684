import { retentionDefaults } from '@sallyport/contract'
import { describe, expect, it } from 'vitest'
import { actor, made, userFields } from '../../test/data-folder.ts'
import { atOnce, dayMs, daysAgo, estate, now } from '../../test/retention-estate.ts'

describe('retention', () => {
  it('removes nothing before somebody said so', async () => {
    const { room, signIn, count, store } = await estate()
    signIn('old', daysAgo(3000))
    await room().run(atOnce)
    expect(count('SignIn')).toBe(1)
    expect((await store.retention.runs(1))[0]).toMatchObject({ parts: [], problem: null })
  })

  it('removes exactly what it said before would go: sign-ins with their traces, and leaves the counts', async () => {
    const { room, keep, signIn, ids, count, file, store } = await estate()
    for (let each = 0; each < 300; each++) signIn(`old-${each}`, daysAgo(31) - each)
    signIn('edge', daysAgo(30))
    signIn('new', daysAgo(1))
    file.prepare('INSERT INTO SignInQuarter VALUES (?, ?, ?, ?)').run(daysAgo(31), 'accepted', 'password-and-code', 300)
    const days = { ...retentionDefaults, 'sign-ins': 30 }
    expect(await room().preview(days, atOnce)).toEqual([
      { kind: 'sign-ins', rows: 300, oldestAtMs: daysAgo(31) - 299, beforeMs: daysAgo(30) },
    ])
    expect(count('SignIn')).toBe(302)
    await keep({ 'sign-ins': 30 })
    let pauses = 0
    await room().run(() => {
      pauses++
      return Promise.resolve()
    })
    expect(pauses).toBeGreaterThan(1)
    expect(ids('SignIn')).toEqual(['edge', 'new'])
    expect(count('SignInRound')).toBe(4)
    expect(count('SignInQuarter')).toBe(1)
    expect((await store.retention.runs(1))[0]?.parts).toEqual([
      {
        ...{ kind: 'sign-ins', state: 'done', before: new Date(daysAgo(30)) },
        ...{ toRemove: 300, removed: 300, problem: null },
      },
    ])
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({
      ...{ administrator: 'Retention', action: 'removed', subjectKind: 'retention', subjectName: 'sign-ins' },
      before: { rows: 300, olderThan: '2026-10-24T10:00:00.000Z' },
    })
  })

  it('keeps a sign-in that was called a fraud until the report is handled', async () => {
    const { room, keep, signIn, ids, file } = await estate()
    signIn('reported', daysAgo(40))
    signIn('other', daysAgo(40))
    file
      .prepare(
        `INSERT INTO FraudReport (id, at, userId, username, signInId, via, applicationName, blocked)
         VALUES ('f', ?, 'u', 'alice', 'reported', 'app', 'VPN', 1)`,
      )
      .run(daysAgo(40))
    await keep({ 'sign-ins': 30, 'fraud-reports': 30 })
    const days = { ...retentionDefaults, 'sign-ins': 30, 'fraud-reports': 30 }
    expect(await room().preview(days, atOnce)).toMatchObject([{ kind: 'sign-ins', rows: 1 }])
    await room().run(atOnce)
    expect([ids('SignIn'), ids('FraudReport')]).toEqual([['reported'], ['f']])
    file.prepare('UPDATE FraudReport SET handledAt = ?').run(daysAgo(35))
    await room().run(atOnce)
    expect([ids('SignIn'), ids('FraudReport')]).toEqual([[], []])
  })

  it('leaves sign-ins that the report of usage has not counted yet, and says so', async () => {
    const { room, keep, signIn, count, file, store } = await estate()
    signIn('old', daysAgo(40))
    file.prepare('INSERT INTO UsageBackfill (id, before, endedBy) VALUES (1, 2, 0)').run()
    await keep({ 'sign-ins': 30 })
    await room().run(atOnce)
    expect(count('SignIn')).toBe(1)
    expect((await store.retention.runs(1))[0]?.parts[0]).toMatchObject({
      state: 'held',
      problem: 'not-counted',
      removed: 0,
    })
  })

  it('removes what is over of everything else, and nothing that is still in force or under way', async () => {
    const { room, keep, ids, count, file, store } = await estate()
    const user = made(await store.users.create(userFields('alice'), actor)).id
    const [old, recent] = [daysAgo(40), daysAgo(1)]
    const block = file.prepare(
      `INSERT INTO UserBlock (id, userId, reason, source, blockedBy, createdAt, until, endedAt) VALUES (?, '${user}', '', 'administrator', 'ada', ${old}, ?, ?)`,
    )
    block.run('ended', null, old)
    block.run('ran out', old, null)
    block.run('ended lately', null, recent)
    block.run('in force', null, null)
    const bypass = file.prepare(
      `INSERT INTO OneTimeBypass (id, userId, reason, givenBy, createdAt, expiresAt) VALUES (?, '${user}', '', 'ada', ${old}, ?)`,
    )
    bypass.run('over', old)
    bypass.run('open', now + dayMs)
    const session = file.prepare(
      `INSERT INTO VpnSession (id, sessionKey, generation, state, startedAt, startSeen, lastAt, heardAt, username, usernameKey, clientId, clientName, deviceAddress, sessionId)
       VALUES (?, ?, 1, ?, ${old}, 1, ?, ?, 'alice', 'alice', 'c', 'VPN', '192.0.2.1', 's')`,
    )
    session.run('long over', 'a', 'ended', old, old)
    session.run('over lately', 'b', 'ended', recent, recent)
    session.run('goes on', 'c', 'active', old, old)
    const run = file.prepare(
      `INSERT INTO DirectorySyncRun (id, startedAt, startedBy, dryRun, kind, state, settingsVersion, ldapVersion) VALUES (?, ${old}, '', 0, 'full', ?, 1, 1)`,
    )
    run.run('finished', 'done')
    run.run('waits', 'waiting')
    const row = file.prepare(
      `INSERT INTO DirectorySyncRow (runId, number, action, outcome, username, usernameKey, dn, directoryId) VALUES (?, ?, 'add', 'applied', 'x', 'x', '', '')`,
    )
    for (let number = 1; number <= 250; number++) row.run('finished', number)
    row.run('waits', 1)
    const tokens = file.prepare(
      `INSERT INTO OathImport (id, at, administrator, fileName, format, state) VALUES (?, ${old}, 'ada', 'x.csv', 'csv', ?)`,
    )
    tokens.run('taken', 'done')
    tokens.run('looked at', 'ready')
    const counted = file.prepare('INSERT INTO UsageUserDay VALUES (?, ?, ?, ?, ?, ?, ?)')
    for (const [who, day] of [
      ['a', old],
      ['a', recent],
      ['zz', old],
    ] as const) {
      counted.run(who, day, '', 'none', 'accepted', 'password-and-code', 1)
    }
    const days = { standing: 30, 'vpn-sessions': 30, 'directory-syncs': 30, imports: 30, 'usage-counts': 30 }
    expect(await room().preview({ ...retentionDefaults, ...days }, atOnce)).toMatchObject([
      { kind: 'usage-counts', rows: 2 },
      { kind: 'vpn-sessions', rows: 1 },
      { kind: 'standing', rows: 3 },
      { kind: 'imports', rows: 1 },
      { kind: 'directory-syncs', rows: 1 },
    ])
    await keep(days)
    await room().run(atOnce)
    expect(ids('UserBlock')).toEqual(['ended lately', 'in force'])
    expect(ids('OneTimeBypass')).toEqual(['open'])
    expect(ids('VpnSession')).toEqual(['goes on', 'over lately'])
    expect([ids('DirectorySyncRun'), count('DirectorySyncRow')]).toEqual([['waits'], 1])
    expect(ids('OathImport')).toEqual(['looked at'])
    expect(count('UsageUserDay')).toBe(1)
    expect((await store.retention.runs(1))[0]?.parts.map(({ removed }) => removed).sort()).toEqual([1, 1, 1, 2, 3])
  })

  it('tells what a run removed that was ended in the middle, and the next one does the rest', async () => {
    const { room, keep, signIn, count, store } = await estate()
    for (let each = 0; each < 500; each++) signIn(`old-${each}`, daysAgo(40) - each)
    await keep({ 'sign-ins': 30 })
    const failing = room().run((tookMs) => (tookMs > 0 ? Promise.reject(new Error('ended')) : Promise.resolve()))
    await expect(failing).rejects.toThrow('ended')
    expect(count('SignIn')).toBe(400)
    const [ended] = await store.retention.runs(1)
    expect(ended).toMatchObject({ parts: [{ state: 'stopped', toRemove: 500, removed: 100 }] })
    expect(ended?.problem).toBe('ended-early')
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({ before: { rows: 100 } })
    await room().run(atOnce)
    expect(count('SignIn')).toBe(0)
    expect((await store.audit.list({ limit: 1 })).rows[0]).toMatchObject({ before: { rows: 400 } })
  })

  it('tells what a killed run removed, too', async () => {
    const { room, keep, signIn, file, store } = await estate()
    signIn('old', daysAgo(40))
    await keep({ 'sign-ins': 30 })
    file.prepare("INSERT INTO RetentionRun (id, startedAt) VALUES ('killed', ?)").run(daysAgo(1))
    file
      .prepare(
        `INSERT INTO RetentionPart (runId, kind, before, state, toRemove, removed) VALUES ('killed', 'sign-ins', ?, 'running', 50, 20)`,
      )
      .run(daysAgo(31))
    await room().run(atOnce)
    const [, killed] = await store.retention.runs(2)
    expect(killed).toMatchObject({
      id: 'killed',
      problem: 'killed',
      finishedAt: new Date(now),
      parts: [{ state: 'stopped' }],
    })
    const told = (await store.audit.list({ limit: 2 })).rows.map(({ before }) => before?.['rows'])
    expect(told).toEqual([1, 20])
  })

  it('counts what there is and about what it takes', async () => {
    const { room, signIn } = await estate()
    for (let each = 0; each < 500; each++) signIn(`${each}`, daysAgo(each))
    const opened = room()
    const stock = await opened.stock(atOnce)
    expect(stock.find(({ kind }) => kind === 'sign-ins')).toMatchObject({ rows: 500, oldestAtMs: daysAgo(499) })
    const octets = stock.find(({ kind }) => kind === 'sign-ins')?.octets ?? 0
    expect(octets).toBeGreaterThan(100_000)
    expect(octets).toBeLessThan(opened.file().octets)
  })
})
