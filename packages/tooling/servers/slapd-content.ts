/** What a test's OpenLDAP holds: its configuration file and its entries in LDIF. */
import { createHash, randomBytes } from 'node:crypto'

import { type CertificateFiles } from './certificates.ts'

export interface SlapdUser {
  readonly uid: string
  readonly password: string
  /** `Uid Example` unless told. */
  readonly cn?: string
  /** uid@sallyport.test unless told. */
  readonly mail?: string
  /** What the password policy says of the user; needs `ppolicy`. */
  readonly state?: 'expired' | 'locked' | 'must-change'
}

/** u1 … uN with the passwords p1 … pN. */
export function numberedUsers(count: number): SlapdUser[] {
  return Array.from({ length: count }, (_, index) => ({ uid: `u${index + 1}`, password: `p${index + 1}` }))
}

interface Content {
  readonly users?: readonly SlapdUser[]
  readonly ldif?: string
  readonly certificates?: { readonly caFile: string; readonly server: CertificateFiles }
  readonly ppolicy?: boolean
  readonly databaseLines?: readonly string[]
  readonly threads?: number
}

const defaultUsers: readonly SlapdUser[] = ['alice', 'bob', 'carol'].map((uid) => ({ uid, password: `${uid}pw` }))

export function slapdConfiguration(content: Content & { readonly folder: string }): string {
  const { folder, certificates, ppolicy } = content
  const tls = certificates
    ? `TLSCACertificateFile ${certificates.caFile}
TLSCertificateFile ${certificates.server.certificate}
TLSCertificateKeyFile ${certificates.server.key}
TLSVerifyClient never`
    : ''
  const policy = ppolicy
    ? `overlay ppolicy
ppolicy_default "cn=default,ou=policies,dc=sallyport,dc=test"
ppolicy_use_lockout`
    : ''
  return `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload ppolicy
pidfile ${folder}/run/slapd.pid
argsfile ${folder}/run/slapd.args
${tls}
loglevel none
threads ${content.threads ?? 8}
database mdb
maxsize 268435456
suffix "dc=sallyport,dc=test"
rootdn "cn=admin,dc=sallyport,dc=test"
rootpw adminpw
directory ${folder}/db
dbnosync
index objectClass,uid,mail,cn,memberUid,member eq
overlay memberof
${policy}
access to attrs=userPassword by self write by anonymous auth by * none
access to * by users read by anonymous auth
${(content.databaseLines ?? []).join('\n')}
`
}

export function directoryLdif(content: Content): string {
  const users = content.users ?? defaultUsers
  const entries = [
    'dn: dc=sallyport,dc=test\nobjectClass: dcObject\nobjectClass: organization\no: Sallyport test\ndc: sallyport',
    'dn: ou=people,dc=sallyport,dc=test\nobjectClass: organizationalUnit\nou: people',
    'dn: ou=groups,dc=sallyport,dc=test\nobjectClass: organizationalUnit\nou: groups',
    'dn: ou=policies,dc=sallyport,dc=test\nobjectClass: organizationalUnit\nou: policies',
    policyEntry,
    serviceEntry(),
    ...users.map((user, index) => userEntry(user, isGrouped(index))),
    ...groupEntries(users),
    ...(content.ldif === undefined ? [] : [content.ldif.trim()]),
  ]
  return entries.join('\n\n') + '\n'
}

// pwdCheckModule and the like stay out: only what sign-ins can run into.
const policyEntry = `dn: cn=default,ou=policies,dc=sallyport,dc=test
objectClass: pwdPolicy
objectClass: device
cn: default
pwdAttribute: userPassword
pwdMaxAge: 7776000
pwdLockout: TRUE
pwdMaxFailure: 5
pwdFailureCountInterval: 900
pwdMustChange: TRUE
pwdGraceAuthNLimit: 0`

const stateAttributes: Record<NonNullable<SlapdUser['state']>, string> = {
  expired: 'pwdChangedTime: 20200101000000Z',
  locked: 'pwdAccountLockedTime: 000001010000Z',
  'must-change': 'pwdReset: TRUE',
}

function userEntry(user: SlapdUser, grouped: boolean): string {
  return [
    `dn: uid=${user.uid},ou=people,dc=sallyport,dc=test`,
    'objectClass: inetOrgPerson',
    `uid: ${user.uid}`,
    `cn: ${user.cn ?? `${user.uid} Example`}`,
    'sn: Example',
    `mail: ${user.mail ?? `${user.uid}@sallyport.test`}`,
    `userPassword: ${saltedSha1(user.password)}`,
    ...(user.state ? [stateAttributes[user.state]] : []),
    ...(grouped ? [`memberOf: ${groupDn}`] : []),
  ].join('\n')
}

function serviceEntry(): string {
  return `dn: uid=service,dc=sallyport,dc=test
objectClass: account
objectClass: simpleSecurityObject
uid: service
userPassword: ${saltedSha1('servicepw')}`
}

const groupDn = 'cn=vpn,ou=groups,dc=sallyport,dc=test'
const isGrouped = (index: number) => index % 2 === 0

/** `vpn` holds every second user, from the first on. (Written with its memberOf side, as slapadd runs no overlay.) */
function groupEntries(users: readonly SlapdUser[]): string[] {
  const members = users.filter((_, index) => isGrouped(index))
  if (members.length === 0) return []
  const lines = members.map((user) => `member: uid=${user.uid},ou=people,dc=sallyport,dc=test`)
  return [`dn: ${groupDn}\nobjectClass: groupOfNames\ncn: vpn\n${lines.join('\n')}`]
}

/** OpenLDAP's {SSHA}: cheap, so that a thousand test users are made in a moment. */
function saltedSha1(password: string): string {
  const salt = randomBytes(8)
  const digest = createHash('sha1').update(password).update(salt).digest()
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`
}
