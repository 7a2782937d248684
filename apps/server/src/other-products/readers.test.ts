/** What is understood of other products' files, and what is not; hosts and secrets are made up as the test runs. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDuo } from './duo.ts'
import { readFreeRadius } from './free-radius.ts'
import { readNps } from './nps.ts'
import { decodeText, UnreadableFile } from './reading.ts'

const drawn = () => randomBytes(12).toString('base64url')
const secrets = [drawn(), drawn(), drawn()] as const

const duo = `; the proxy of the branch
[main]
debug=false
[ad_client]
host=dc1.corp.example.com
host_2=dc2.corp.example.com
service_account_username=duo@corp.example.com
service_account_password=${secrets[0]}
search_dn=DC=corp,DC=example,DC=com
transport=ldaps
auth_type=plain
security_group_dn=CN=VPN,DC=corp,DC=example,DC=com

[radius_client]
host=10.0.0.8
secret=${secrets[1]}
pass_through_all=true
[radius_server_auto]
ikey=DIXXXXXXXXXXXXXXXXXX
skey=${secrets[2]}
api_host=api-00000000.duosecurity.com
radius_ip_1=192.0.2.10
radius_secret_1=${secrets[1]}
radius_ip_2=192.0.2.0/25
radius_secret_2=${secrets[2]}
failmode=safe
client=ad_client
port=1812
[radius_server_concat2]
radius_ip_1=198.51.100.4
radius_secret_protected_1=AQAAANCMnd8
client=radius_client
port=18120
failmode=secure
`

describe('authproxy.cfg of Duo', () => {
  test('gives its clients, with how they ask, its RADIUS servers and its directory', () => {
    const { clients, servers, directory } = readDuo(duo)
    expect(clients).toMatchObject([
      { address: '192.0.2.10', sharedSecret: secrets[1], factorMode: 'automatic' },
      { address: '192.0.2.0/25', sharedSecret: secrets[2] },
    ])
    expect(servers).toMatchObject([{ host: '10.0.0.8', authenticationPort: 1812, sharedSecret: secrets[1], tries: 3 }])
    expect(directory).toMatchObject({
      urls: ['ldaps://dc1.corp.example.com', 'ldaps://dc2.corp.example.com'],
      ...{
        tls: 'ldaps',
        filter: '(sAMAccountName={username})',
        bindDn: 'duo@corp.example.com',
        bindPassword: secrets[0],
      },
    })
  })

  test('says what it does not take over, with its line, and no secret', () => {
    const { remarks } = readDuo(duo)
    const said = remarks.map(({ where, message }) => `${where}: ${message}`).join('\n')
    expect(said).toMatch(/line 2, \[main\]/u)
    expect(said).toMatch(/198\.51\.100\.4 is encrypted/u)
    expect(said).toMatch(/port 18120/u)
    expect(said).toMatch(/failmode=safe/u)
    expect(said).toMatch(/security_group_dn/u)
    for (const secret of secrets) expect(said).not.toContain(secret)
  })
})

const freeRadius = `# clients.conf
client localhost {
	ipaddr = 127.0.0.1
	proto = *
	secret = ${secrets[0]}
	require_message_authenticator = yes
	limit {
		max_connections = 16
	}
}
client branch-v6 { ipv6addr = 2001:db8::/32
	secret = "with \\"quotes\\" and # ${secrets[1]}" }
client 192.0.2.128 {
	netmask = 25
	secret = '${secrets[2]}'
	shortname = "Old ASA"
}
clients per_socket {
	client inner { ipaddr = 198.51.100.7  secret = ${secrets[1]} }
}
client named { ipaddr = vpn.example.com
	secret = ${secrets[0]} }
client expanded { ipaddr = 203.0.113.9
	secret = $ENV{SECRET} }
$INCLUDE clients.d/
`

describe('clients.conf of FreeRADIUS', () => {
  test('gives its clients: prefixes, nested ones, quotes and comments', () => {
    expect(readFreeRadius(freeRadius).clients).toMatchObject([
      { name: 'localhost', address: '127.0.0.1', sharedSecret: secrets[0], requiresMessageAuthenticator: true },
      { name: 'branch-v6', address: '2001:db8::/32', sharedSecret: `with "quotes" and # ${secrets[1]}` },
      { name: 'Old ASA', address: '192.0.2.128/25', sharedSecret: secrets[2], requiresMessageAuthenticator: false },
      { name: 'inner', address: '198.51.100.7', sharedSecret: secrets[1] },
    ])
  })

  test('says what it does not take over: names, expansions, files to include', () => {
    const said = readFreeRadius(freeRadius).remarks.map(({ where, message }) => `${where}: ${message}`)
    expect(said.join('\n')).toMatch(/client named: vpn\.example\.com is a name/u)
    expect(said.join('\n')).toMatch(/client expanded: it has no secret/u)
    expect(said.join('\n')).toMatch(/line 25: \$INCLUDE clients\.d\/: included files are not read/u)
    expect(said.join('\n')).toMatch(/client localhost: not taken over: proto, limit/u)
  })

  test.each([['client a {'], ['}'], ['client a { secret = "open\n}'], ['= x'], ['client a {'.repeat(20)]])(
    'that does not close is refused: %j',
    (text) => {
      expect(() => readFreeRadius(text)).toThrow(UnreadableFile)
    },
  )
})

const dt = 'xmlns:dt="urn:schemas-microsoft-com:datatypes" dt:dt'
const npsClient = (tag: string, name: string, address: string, secret: string, more = '') => `
<${tag} name="${name}"><Properties>
<IP_Address ${dt}="string">${address}</IP_Address><NAS_Manufacturer ${dt}="int">0</NAS_Manufacturer>
<Opaque_Data ${dt}="string"></Opaque_Data>${more}<Shared_Secret ${dt}="string">${secret}</Shared_Secret>
</Properties></${tag}>`
const nps = `<?xml version="1.0"?>
<Root xmlns:dt="urn:schemas-microsoft-com:datatypes"><Children>
<Version name="Version" dt:dt="int">257</Version>
<Microsoft_Internet_Authentication_Service name="Microsoft_Internet_Authentication_Service"><Children>
<NetworkPolicy name="NetworkPolicy"><Children><VPN name="VPN"/><Wireless name="Wireless"/></Children></NetworkPolicy>
<Protocols name="Protocols"><Children><Microsoft_Radius_Protocol name="Microsoft Radius Protocol"><Children>
<Clients name="Clients"><Children>
${npsClient('Cisco_ASA__1_', 'Cisco ASA (1)', '192.0.2.20', `${secrets[0]}&amp;&lt;`, `<Require_Signature ${dt}="boolean">1</Require_Signature>`)}
${npsClient('Branch', 'Branch', '198.51.100.0/24', secrets[1], `<Radius_Client_Enabled ${dt}="boolean">0</Radius_Client_Enabled>`)}
${npsClient('Template', 'Template', '203.0.113.1', '')}
</Children></Clients></Children></Microsoft_Radius_Protocol></Children></Protocols>
<RADIUS_Server_Groups name="RADIUS_Server_Groups"><Children><Upstream name="Upstream"><Children><One name="One"><Properties>
<Address ${dt}="string">10.0.0.5</Address><Authentication_Secret ${dt}="string">${secrets[2]}</Authentication_Secret>
<Server_Authentication_Port ${dt}="int">1645</Server_Authentication_Port>
</Properties></One></Children></Upstream></Children></RADIUS_Server_Groups>
</Children></Microsoft_Internet_Authentication_Service></Children></Root>`

describe('the export of NPS', () => {
  test('gives its clients by the names that people know, and the servers of its groups', () => {
    const { clients, servers } = readNps(nps)
    expect(clients).toMatchObject([
      {
        name: 'Cisco ASA (1)',
        address: '192.0.2.20',
        sharedSecret: `${secrets[0]}&<`,
        requiresMessageAuthenticator: true,
        enabled: true,
      },
      { name: 'Branch', address: '198.51.100.0/24', enabled: false, requiresMessageAuthenticator: false },
    ])
    expect(servers).toMatchObject([
      { host: '10.0.0.5', authenticationPort: 1645, accountingPort: null, sharedSecret: secrets[2] },
    ])
  })

  test('says what is not taken over: policies, and clients without a secret', () => {
    const said = readNps(nps).remarks.map(({ where, message }) => `${where}: ${message}`)
    expect(said).toMatchObject(
      [/client Template/u, /2 network policies/u].map((text) => expect.stringMatching(text) as string),
    )
  })

  test.each([
    ['cut in the middle', nps.slice(0, nps.length / 2)],
    ['another document', '<Root><Children/></Root>'],
    ['with a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${nps.slice(nps.indexOf('<Root'))}`],
    ['empty', ''],
  ])('is refused: %s', (_what, text) => {
    expect(() => readNps(text)).toThrow(UnreadableFile)
  })
})

describe('any file', () => {
  test('in UTF-16 is read as Windows writes it; in another encoding it is refused', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(nps, 'utf16le')])
    expect(readNps(decodeText(utf16)).clients).toHaveLength(2)
    expect(() => decodeText(Buffer.from('client caf\xe9 {', 'latin1'))).toThrow(UnreadableFile)
    expect(() => decodeText(Buffer.from([0, 1, 2]))).toThrow(UnreadableFile)
  })

  test('is read or refused, whatever is in it', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'client a',
        '{',
        '}',
        ' = ',
        '"',
        '\n',
        '[x]',
        'radius_ip_1=',
        '<a>',
        '</a>',
        '$',
        "'",
        '\\',
        'é',
      ),
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        for (const read of [readDuo, readFreeRadius, readNps]) {
          try {
            read(parts.join(''))
          } catch (error) {
            if (!(error instanceof UnreadableFile)) throw error
          }
        }
      }),
    )
  })
})
