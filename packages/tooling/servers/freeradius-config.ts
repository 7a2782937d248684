/** Writes radiusd.conf for a private FreeRADIUS: only what the tests and benchmarks ask of it. */

/** The code that a challenge asks for. */
export type ChallengeCode =
  | { readonly kind: 'static'; readonly code: string }
  /** RFC 6238 with SHA-1, 30 s, six digits. */
  | { readonly kind: 'totp'; readonly secretBase32: string }

export interface LdapSource {
  /** `ldap://127.0.0.1:1389` */
  readonly url: string
  readonly baseDn: string
  readonly bindDn: string
  readonly bindPassword: string
  /** The attribute that the user's name is searched in; `uid`. */
  readonly userAttribute?: string
  /** With it, certificates are verified and `ldaps://` works. */
  readonly caFile?: string
}

interface Base {
  readonly folder: string
  readonly secret: string
  readonly requireMessageAuthenticator?: boolean
  /** Where passwords are checked; 127.0.0.1 unless told. */
  readonly address?: string
  readonly passwordPort: number
  readonly challengePort: number
  readonly code: ChallengeCode
  readonly threads: number
}

/** What a virtual server does with passwords from a users file, and with accounting: acknowledged and forgotten. */
export const passwordSections = `  authorize {
    files
    chap
    mschap
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
    Auth-Type CHAP {
      chap
    }
    Auth-Type MS-CHAP {
      mschap
    }
  }
  preacct {
    ok
  }
  accounting {
    ok
  }`

/** Where PEAP's server certificate lies, and the authority that it is from. */
export interface EapFiles {
  readonly certificate: string
  readonly key: string
  readonly caFile: string
}

/** EAP in front of the passwords: MD5, and PEAP with MS-CHAPv2 inside. */
function eapModule({ certificate, key, caFile }: EapFiles): string {
  return `
  eap {
    default_eap_type = md5
    timer_expire = 60
    md5 {
    }
    mschapv2 {
    }
    tls-config tls-common {
      certificate_file = ${certificate}
      private_key_file = ${key}
      ca_file = ${caFile}
      tls_min_version = "1.2"
      tls_max_version = "1.2"
      cipher_list = "DEFAULT"
    }
    peap {
      tls = tls-common
      default_eap_type = mschapv2
      virtual_server = password
    }
  }`
}

/** Passwords from a users file: PAP, CHAP and MS-CHAP on one port, a challenge on the next, accounting on the third. */
export function usersFileConfiguration(
  options: Base & { readonly accountingPort: number; readonly eap?: EapFiles },
): string {
  const { eap } = options
  return `${general(options)}
modules {
  always ok {
    rcode = ok
  }
  always handled {
    rcode = handled
  }
  files {
    filename = \${confdir}/users
  }
  pap {
  }
  chap {
  }
  mschap {
    use_mppe = yes
  }
  totp {
  }${eap ? eapModule(eap) : ''}
}
${challengePolicy}
server password {
${listen('auth', options.passwordPort, options.address)}
${listen('acct', options.accountingPort)}
${eap ? withEap(passwordSections) : passwordSections}
}
${challengeServer(options, 'files', 'pap')}`
}

/** EAP finds the password before it answers, so it stands behind the users file. */
function withEap(sections: string): string {
  return sections
    .replace('    pap\n  }\n', '    pap\n    eap\n  }\n')
    .replace('  authenticate {\n', '  authenticate {\n    eap\n')
}

/** Passwords checked by LDAP search and bind: alone on one port, with a challenge on the next. */
export function ldapConfiguration(options: Base & { readonly ldap: LdapSource }): string {
  const { ldap } = options
  return `${general(options)}
modules {
  always handled {
    rcode = handled
  }
  pap {
  }
  totp {
  }
  ldap {
    server = '${ldap.url}'
    identity = '${ldap.bindDn}'
    password = '${ldap.bindPassword}'
    base_dn = '${ldap.baseDn}'
    user {
      base_dn = "\${..base_dn}"
      filter = "(${ldap.userAttribute ?? 'uid'}=%{User-Name})"
    }
    options {
      chase_referrals = no
      rebind = yes
      res_timeout = 10
      srv_timelimit = 3
      net_timeout = 5
    }
    tls {
      ${ldap.caFile === undefined ? "require_cert = 'never'" : `ca_file = ${ldap.caFile}`}
    }
    pool {
      start = 4
      min = 2
      max = ${options.threads}
      spare = ${options.threads}
      uses = 0
      lifetime = 0
      idle_timeout = 0
    }
  }
}
${challengePolicy}
server password {
${listen('auth', options.passwordPort)}
  authorize {
    ldap
    update control {
      &Auth-Type := ldap
    }
  }
  authenticate {
    Auth-Type ldap {
      ldap
    }
  }
}
${challengeServer(options, 'ldap', 'ldap')}`
}

/** What every configuration begins with. */
export function general({
  folder,
  secret,
  requireMessageAuthenticator,
  threads,
}: Pick<Base, 'folder' | 'secret' | 'requireMessageAuthenticator' | 'threads'>): string {
  return `prefix = /usr
raddbdir = ${folder}
confdir = \${raddbdir}
logdir = ${folder}
run_dir = ${folder}/run
libdir = /usr/lib/freeradius
name = radiusd
pidfile = \${run_dir}/radiusd.pid
max_request_time = 30
cleanup_delay = 5
max_requests = 65536
hostname_lookups = no
proxy_requests = no
log {
  destination = stdout
  auth = no
}
security {
  max_attributes = 200
  reject_delay = 0
  status_server = yes
}
client loopback6 {
  ipv6addr = ::1
  secret = ${secret}
  require_message_authenticator = ${requireMessageAuthenticator === true ? 'yes' : 'no'}
}
client loopback4 {
  ipaddr = 127.0.0.0/8
  secret = ${secret}
  require_message_authenticator = ${requireMessageAuthenticator === true ? 'yes' : 'no'}
}
thread pool {
  start_servers = ${Math.min(4, threads)}
  max_servers = ${threads}
  min_spare_servers = 2
  max_spare_servers = ${threads}
  max_requests_per_server = 0
  max_queue_size = 65536
}`
}

const challengePolicy = `policy {
  challenge {
    update control {
      &Response-Packet-Type := Access-Challenge
    }
    handled
  }
}`

export function listen(type: 'auth' | 'acct', port: number, address = '127.0.0.1'): string {
  return `  listen {
    type = ${type}
    ${address.includes(':') ? 'ipv6addr' : 'ipaddr'} = ${address}
    port = ${port}
  }`
}

/** First the password by `authorize` and `authenticate`, then an Access-Challenge, then the code. */
function challengeServer({ challengePort, code }: Base, authorize: string, authenticate: string): string {
  const isTotp = code.kind === 'totp'
  return `server challenge {
${listen('auth', challengePort)}
  authorize {
    if (!&State) {
      ${authorize}
      update control {
        &Auth-Type := Step1
      }
    }
    else {
      update control {
        &Auth-Type := Step2
        ${isTotp ? `&TOTP-Secret := "${code.secretBase32}"` : `&Cleartext-Password := "${code.code}"`}
      }
      ${isTotp ? 'update request {\n        &TOTP-Password := "%{User-Password}"\n      }' : ''}
    }
  }
  authenticate {
    Auth-Type Step1 {
      ${authenticate}
      update reply {
        &Reply-Message := "Enter the code:"
        &Prompt := No-Echo
      }
      challenge
    }
    Auth-Type Step2 {
      ${isTotp ? 'totp.authenticate' : 'pap'}
    }
  }
}
`
}
