/** For each dependency rule a set of files that breaks it and one that is much like it and keeps it. */
import type { Files } from './fixture.ts'

export interface Proof {
  readonly broken: Files
  readonly kept: Files
}

/** One importing file and what it imports, the imported files included where they are not part of the fixture. */
function edge(from: string, to: string, target?: string): Files {
  return { [from]: `import '${to}'\n`, ...(target === undefined ? {} : { [target]: 'export const there = true\n' }) }
}

function room(from: string, to: string): Files {
  return edge(`apps/server/src/${from}/one.ts`, `../${to}/two.ts`, `apps/server/src/${to}/two.ts`)
}

const manifest = (fields: object) => JSON.stringify({ name: '@sallyport/radius', ...fields })

/** By rule name; a rule may have several. */
export const proofs: Readonly<Record<string, readonly Proof[]>> = {
  'apps-console-imports-ui-and-contract': [
    {
      broken: edge('apps/console/src/app/one.ts', '@sallyport/store'),
      kept: edge('apps/console/src/app/one.ts', '@sallyport/contract'),
    },
    {
      broken: edge('apps/console/src/app/one.ts', '@sallyport/server'),
      kept: edge('apps/console/src/app/one.ts', '@sallyport/ui'),
    },
  ],
  'apps-portal-imports-ui-and-contract': [
    {
      broken: edge('apps/portal/src/index.ts', '@sallyport/radius'),
      kept: edge('apps/portal/src/index.ts', '@sallyport/ui'),
    },
  ],
  'apps-server-imports-radius-and-directory-and-store-and-contract': [
    {
      broken: edge('apps/server/src/http/one.ts', '@sallyport/ui'),
      kept: edge('apps/server/src/http/one.ts', '@sallyport/store'),
    },
    {
      broken: edge('apps/server/src/engine/one.ts', '@sallyport/demo'),
      kept: edge('apps/server/src/engine/one.ts', '@sallyport/radius'),
    },
  ],
  'apps-demo-imports-radius-and-contract': [
    {
      broken: edge('apps/demo/src/one.ts', '@sallyport/store'),
      kept: edge('apps/demo/src/one.ts', '@sallyport/radius'),
    },
  ],
  'packages-store-imports-contract': [
    {
      broken: edge('packages/store/src/one.ts', '@sallyport/radius'),
      kept: edge('packages/store/src/one.ts', '@sallyport/contract'),
    },
  ],
  'packages-radius-imports-no-package': [
    {
      broken: edge('packages/radius/src/one.ts', '@sallyport/contract'),
      kept: edge('packages/radius/src/one.ts', './index.ts'),
    },
    {
      broken: edge('packages/radius/src/one.test.ts', '@sallyport/contract'),
      kept: edge('packages/radius/src/one.test.ts', '@sallyport/tooling'),
    },
  ],
  'packages-directory-imports-no-package': [
    {
      broken: edge('packages/directory/src/one.ts', '@sallyport/store'),
      kept: edge('packages/directory/src/one.ts', './index.ts'),
    },
  ],
  'packages-contract-imports-no-package': [
    {
      broken: edge('packages/contract/src/one.ts', '@sallyport/radius'),
      kept: edge('packages/contract/src/one.ts', 'zod'),
    },
  ],
  'packages-ui-imports-no-package': [
    {
      broken: edge('packages/ui/src/one.ts', '@sallyport/contract'),
      kept: edge('packages/ui/src/one.ts', './index.ts'),
    },
  ],
  'packages-tooling-imports-no-package': [
    {
      broken: edge('packages/tooling/servers/one.ts', '@sallyport/radius'),
      kept: edge('packages/tooling/servers/one.ts', 'node:net'),
    },
  ],
  'tooling-serves-only-what-does-not-ship': [
    {
      broken: edge('packages/directory/src/one.ts', '@sallyport/tooling'),
      kept: edge('packages/directory/src/one.test.ts', '@sallyport/tooling'),
    },
  ],
  'packages-are-entered-through-their-exports': [
    {
      broken: edge(
        'apps/server/src/http/one.ts',
        '../../../../packages/store/src/inner.ts',
        'packages/store/src/inner.ts',
      ),
      kept: edge('apps/server/src/http/one.ts', '@sallyport/store/engine'),
    },
  ],
  'imports-resolve': [
    {
      broken: edge('apps/server/src/http/one.ts', '@sallyport/store/src/inner.ts', 'packages/store/src/index.ts'),
      kept: edge('apps/server/src/http/one.ts', '@sallyport/store'),
    },
    {
      broken: edge('apps/server/src/http/one.ts', './absent.ts'),
      kept: edge('apps/server/src/http/one.ts', './present.ts', 'apps/server/src/http/present.ts'),
    },
  ],
  'no-circular-imports': [
    {
      broken: {
        ...edge('apps/server/src/http/one.ts', './two.ts'),
        ...edge('apps/server/src/http/two.ts', './one.ts'),
      },
      kept: edge('apps/server/src/http/one.ts', './two.ts', 'apps/server/src/http/two.ts'),
    },
    {
      broken: {
        'packages/radius/src/one.ts': "import type { Two } from './two.ts'\nexport type One = Two\n",
        'packages/radius/src/two.ts': "import type { One } from './one.ts'\nexport type Two = One\n",
      },
      kept: { 'packages/radius/src/one.ts': "import type { Name } from './index.ts'\nexport type One = Name\n" },
    },
  ],
  'no-orphans': [
    {
      broken: { 'packages/radius/src/forgotten.ts': 'export const forgotten = true\n' },
      kept: edge('packages/radius/src/index.ts', './remembered.ts', 'packages/radius/src/remembered.ts'),
    },
    {
      broken: { 'apps/console/src/lib/forgotten.ts': 'export const forgotten = true\n' },
      kept: { 'apps/console/public/served-as-it-is.js': 'document.title = ""\n' },
    },
  ],
  'dependencies-are-declared': [
    {
      broken: { ...edge('packages/radius/src/one.ts', 'zod'), 'packages/radius/package.json': manifest({}) },
      kept: {
        ...edge('packages/radius/src/one.ts', 'zod'),
        'packages/radius/package.json': manifest({ dependencies: { zod: '*' } }),
      },
    },
  ],
  'shipped-code-needs-no-development-dependency': [
    {
      broken: {
        ...edge('packages/radius/src/one.ts', 'zod'),
        'packages/radius/package.json': manifest({ devDependencies: { zod: '*' } }),
      },
      kept: {
        ...edge('packages/radius/src/one.test.ts', 'zod'),
        'packages/radius/package.json': manifest({ devDependencies: { zod: '*' } }),
      },
    },
    {
      broken: {
        ...edge('apps/server/src/build.ts', 'zod'),
        'apps/server/package.json': manifest({ devDependencies: { zod: '*' } }),
      },
      kept: {
        ...edge('apps/server/build.mjs', 'zod'),
        'apps/server/package.json': manifest({ devDependencies: { zod: '*' } }),
      },
    },
  ],
  'browser-code-needs-no-node-module': [
    {
      broken: edge('packages/contract/src/one.ts', 'node:net'),
      kept: edge('packages/contract/src/one.test.ts', 'node:net'),
    },
    {
      broken: edge('apps/console/src/lib/one.ts', 'node:crypto'),
      kept: edge('packages/radius/src/one.ts', 'node:crypto'),
    },
  ],
  'only-the-store-imports-prisma': [
    {
      broken: edge('apps/server/src/http/one.ts', '@prisma/client'),
      kept: edge('packages/store/src/one.ts', '@prisma/client'),
    },
    {
      broken: edge('apps/server/src/http/one.test.ts', '@prisma/client'),
      kept: edge('packages/store/src/one.test.ts', '@prisma/client'),
    },
  ],
  'only-the-store-imports-better-sqlite3': [
    {
      broken: edge('apps/server/src/engine/one.ts', 'better-sqlite3'),
      kept: edge('packages/store/src/one.ts', 'better-sqlite3'),
    },
    {
      broken: edge('apps/server/src/jobs/one.ts', 'better-sqlite3'),
      kept: edge('e2e/one.ts', 'better-sqlite3'),
    },
  ],
  'server-cli-imports-certificates-and-configuration-and-control-and-doctor-and-other-products-and-passwords-and-simulated-device':
    [
      { broken: room('cli', 'http'), kept: room('cli', 'doctor') },
      { broken: room('cli', 'engine'), kept: room('cli', 'passwords') },
    ],
  'server-configuration-imports-http-and-other-products-and-bus': [
    { broken: room('configuration', 'engine'), kept: room('configuration', 'http') },
  ],
  'server-doctor-imports-certificates-and-control-and-ldap-and-ports-and-radius-servers-and-windows-domain': [
    { broken: room('doctor', 'engine'), kept: room('doctor', 'control') },
  ],
  'server-certificates-imports-no-room': [
    { broken: room('certificates', 'bus'), kept: room('certificates', 'certificates') },
  ],
  'server-control-imports-no-room': [{ broken: room('control', 'bus'), kept: room('control', 'control') }],
  'server-other-products-imports-no-room': [
    { broken: room('other-products', 'bus'), kept: room('other-products', 'other-products') },
  ],
  'server-ports-imports-no-room': [{ broken: room('ports', 'bus'), kept: room('ports', 'ports') }],
  'server-http-imports-certificates-and-ldap-and-oath-and-outgoing-and-passwords-and-radius-servers-and-simulated-device-and-trace-and-windows-domain-and-bus':
    [
      { broken: room('http', 'access'), kept: room('http', 'oath') },
      { broken: room('http', 'engine'), kept: room('http', 'bus') },
      {
        broken: edge('apps/server/src/http/one.ts', '../server.ts', 'apps/server/src/server.ts'),
        kept: room('http', 'bus'),
      },
    ],
  'server-engine-imports-access-and-accounting-and-oath-and-passwords-and-ports-and-radius-servers-and-threads-and-windows-domain-and-bus':
    [
      { broken: room('engine', 'http'), kept: room('engine', 'access') },
      { broken: room('engine', 'delivery'), kept: room('engine', 'accounting') },
    ],
  'server-access-imports-delivery-and-ldap-and-oath-and-passwords-and-radius-servers-and-trace-and-windows-domain-and-bus':
    [
      { broken: room('access', 'http'), kept: room('access', 'delivery') },
      { broken: room('access', 'engine'), kept: room('access', 'oath') },
    ],
  'server-accounting-imports-radius-servers-and-bus': [
    { broken: room('accounting', 'access'), kept: room('accounting', 'bus') },
  ],
  'server-delivery-imports-outgoing-and-bus': [
    { broken: room('delivery', 'access'), kept: room('delivery', 'outgoing') },
  ],
  'server-outgoing-imports-no-room': [{ broken: room('outgoing', 'bus'), kept: room('outgoing', 'outgoing') }],
  'server-directory-sync-imports-ldap-and-threads-and-bus': [
    { broken: room('directory-sync', 'http'), kept: room('directory-sync', 'bus') },
    { broken: room('directory-sync', 'engine'), kept: room('directory-sync', 'threads') },
  ],
  'server-jobs-imports-certificates-and-delivery-and-oath-and-threads-and-bus': [
    { broken: room('jobs', 'http'), kept: room('jobs', 'delivery') },
  ],
  'server-ldap-imports-no-room': [{ broken: room('ldap', 'bus'), kept: room('ldap', 'ldap') }],
  'server-oath-imports-no-room': [{ broken: room('oath', 'bus'), kept: room('oath', 'oath') }],
  'server-passwords-imports-no-room': [{ broken: room('passwords', 'oath'), kept: room('passwords', 'passwords') }],
  'server-radius-servers-imports-no-room': [
    { broken: room('radius-servers', 'oath'), kept: room('radius-servers', 'radius-servers') },
  ],
  'server-simulated-device-imports-no-room': [
    { broken: room('simulated-device', 'oath'), kept: room('simulated-device', 'simulated-device') },
  ],
  'server-threads-imports-no-room': [{ broken: room('threads', 'bus'), kept: room('threads', 'threads') }],
  'server-trace-imports-no-room': [{ broken: room('trace', 'oath'), kept: room('trace', 'trace') }],
  'server-windows-domain-imports-passwords': [
    { broken: room('windows-domain', 'bus'), kept: room('windows-domain', 'windows-domain') },
  ],
  'server-bus-imports-no-room': [{ broken: room('bus', 'oath'), kept: room('bus', 'bus') }],
  'server-main-imports-threads': [
    {
      broken: edge('apps/server/src/main.ts', './http/one.ts', 'apps/server/src/http/one.ts'),
      kept: edge('apps/server/src/main.ts', './threads/one.ts', 'apps/server/src/threads/one.ts'),
    },
  ],
  'server-sallyport-imports-cli': [
    {
      broken: edge('apps/server/src/sallyport.ts', './http/one.ts', 'apps/server/src/http/one.ts'),
      kept: edge('apps/server/src/sallyport.ts', './cli/one.ts', 'apps/server/src/cli/one.ts'),
    },
  ],
  'server-log-forwarding-imports-radius-servers-and-threads-and-bus': [
    { broken: room('log-forwarding', 'http'), kept: room('log-forwarding', 'bus') },
    { broken: room('log-forwarding', 'engine'), kept: room('log-forwarding', 'radius-servers') },
  ],
  'server-root-imports-http-and-engine-and-delivery-and-directory-sync-and-log-forwarding-and-jobs-and-configuration': [
    {
      broken: edge('apps/server/src/server.ts', './access/one.ts', 'apps/server/src/access/one.ts'),
      kept: edge('apps/server/src/server.ts', './engine/one.ts', 'apps/server/src/engine/one.ts'),
    },
  ],
  'access-knows-no-http': [
    {
      broken: edge('apps/server/src/access/one.ts', 'fastify'),
      kept: edge('apps/server/src/http/one.ts', 'fastify'),
    },
    {
      broken: edge('apps/server/src/access/one.ts', 'node:http'),
      kept: edge('apps/server/src/access/one.ts', 'node:crypto'),
    },
    {
      broken: edge('apps/server/src/engine/one.ts', '@fastify/cookie'),
      kept: edge('apps/server/src/engine/one.ts', 'zod'),
    },
  ],
  'engine-enters-the-store-by-its-engine-door': [
    {
      broken: edge('apps/server/src/engine/one.ts', '@sallyport/store'),
      kept: edge('apps/server/src/engine/one.ts', '@sallyport/store/engine'),
    },
    {
      broken: { 'apps/server/src/access/one.ts': "import { name } from '@sallyport/store'\nexport const one = name\n" },
      kept: {
        'apps/server/src/access/one.ts': "import type { Name } from '@sallyport/store'\nexport type One = Name\n",
      },
    },
  ],
  'features-import-no-other-feature': [
    {
      broken: edge(
        'apps/console/src/features/users/one.ts',
        '../status/two.ts',
        'apps/console/src/features/status/two.ts',
      ),
      kept: edge('apps/console/src/features/users/one.ts', './two.ts', 'apps/console/src/features/users/two.ts'),
    },
  ],
  'features-do-not-import-the-app': [
    {
      broken: edge('apps/console/src/features/users/one.ts', '../../app/two.ts', 'apps/console/src/app/two.ts'),
      kept: edge('apps/console/src/app/one.ts', '../features/users/two.ts', 'apps/console/src/features/users/two.ts'),
    },
  ],
  'ui-and-lib-import-no-feature': [
    {
      broken: edge('apps/console/src/lib/one.ts', '../features/users/two.ts', 'apps/console/src/features/users/two.ts'),
      kept: edge('apps/console/src/features/users/one.ts', '../../lib/two.ts', 'apps/console/src/lib/two.ts'),
    },
    {
      broken: edge('apps/console/src/ui/one.ts', '../app/two.ts', 'apps/console/src/app/two.ts'),
      kept: edge('apps/console/src/app/one.ts', '../ui/two.ts', 'apps/console/src/ui/two.ts'),
    },
  ],
}
