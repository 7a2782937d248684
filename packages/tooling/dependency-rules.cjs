// The arrows of the design as dependency-cruiser rules: what may import what, between the packages and inside them.

/** Files that ship nowhere: tests, what tests share, benchmarks, scripts, builds and tool configurations. */
const unshipped = [
  '\\.(test|spec|bench)\\.tsx?$',
  '/(test|testing|bench|scripts)/',
  '\\.config\\.[cm]?[jt]s$',
  '^(apps|packages)/[^/]+/[^/]+\\.m?js$',
  '^e2e/',
  '^packages/tooling/',
]

const workspace = '^(apps|packages|e2e)/'

/** The packages that each package may import, whatever the file; tooling is open to unshipped files, by a rule of its own. */
const arrows = {
  'apps/console': ['ui', 'contract'],
  'apps/portal': ['ui', 'contract'],
  'apps/server': ['radius', 'directory', 'store', 'contract'],
  'apps/demo': ['radius', 'contract'],
  'packages/store': ['contract'],
  'packages/radius': [],
  'packages/directory': [],
  'packages/contract': [],
  'packages/ui': [],
  'packages/tooling': [],
}

/**
 * The rooms of the server that each room may import. `certificates`, `control`, `ldap`, `other-products`, `oath`, `outgoing`, `passwords`, `radius-servers`, `simulated-device`, `threads`, `trace`,
 * `ports`, `windows-domain` and `bus` are small leaves.
 */
const rooms = {
  cli: ['certificates', 'configuration', 'control', 'doctor', 'other-products', 'passwords', 'simulated-device'],
  configuration: ['http', 'other-products', 'bus'],
  doctor: ['certificates', 'control', 'ldap', 'ports', 'radius-servers', 'windows-domain'],
  http: [
    'certificates',
    'ldap',
    'oath',
    'outgoing',
    'passwords',
    'radius-servers',
    'simulated-device',
    'trace',
    'windows-domain',
    'bus',
  ],
  engine: ['access', 'accounting', 'oath', 'passwords', 'ports', 'radius-servers', 'threads', 'windows-domain', 'bus'],
  access: ['delivery', 'ldap', 'oath', 'passwords', 'radius-servers', 'trace', 'windows-domain', 'bus'],
  accounting: ['radius-servers', 'bus'],
  certificates: [],
  control: [],
  delivery: ['outgoing', 'bus'],
  'directory-sync': ['ldap', 'threads', 'bus'],
  'log-forwarding': ['radius-servers', 'threads', 'bus'],
  jobs: ['certificates', 'delivery', 'oath', 'threads', 'bus'],
  ldap: [],
  oath: [],
  'other-products': [],
  outgoing: [],
  passwords: [],
  ports: [],
  'radius-servers': [],
  'simulated-device': [],
  threads: [],
  trace: [],
  'windows-domain': ['passwords'],
  bus: [],
}

const packageRules = Object.entries(arrows).map(([from, to]) => ({
  name: `${from.replace('/', '-')}-imports-${to.join('-and-') || 'no-package'}`,
  comment: `${from} may import ${to.join(', ') || 'nothing'} of this workspace.`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: workspace, pathNot: [from, 'packages/tooling', ...to.map((name) => `packages/${name}`)].map(inside) },
}))

const roomRules = Object.entries(rooms).map(([from, to]) => ({
  name: `server-${from}-imports-${to.join('-and-') || 'no-room'}`,
  comment: `Inside the server, ${from}/ may import ${to.join('/, ') || 'nothing'}${to.length ? '/' : ''}; what is missing goes over the store or the bus.`,
  severity: 'error',
  from: { path: `^apps/server/src/${from}/`, pathNot: unshipped },
  to: {
    path: ['^apps/server/src/[^/]+/', '^apps/server/src/(main|server)\\.ts$'],
    pathNot: [from, ...to].map((name) => inside(`apps/server/src/${name}`)),
  },
}))

/** @param {string} folder */
function inside(folder) {
  return `^${folder}/`
}

module.exports = {
  forbidden: [
    ...packageRules,
    {
      name: 'tooling-serves-only-what-does-not-ship',
      comment: 'packages/tooling starts test servers and configures tools: nothing that ships may need it.',
      severity: 'error',
      from: { path: workspace, pathNot: unshipped },
      to: { path: '^packages/tooling/' },
    },
    {
      name: 'packages-are-entered-through-their-exports',
      comment: 'Import another package by its name, not by a path into its folder.',
      severity: 'error',
      from: { path: '^((?:apps|packages)/[^/]+|e2e)/' },
      to: { path: workspace, pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'imports-resolve',
      comment: 'The module does not exist, or its package does not export it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|raw|worker|inline)$' },
    },
    {
      name: 'no-circular-imports',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: { path: workspace },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: delete it, or make it an entry point.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          ...unshipped,
          '\\.d\\.ts$',
          '/src/(main|index)\\.tsx?$',
          '(^|/|-)worker\\.ts$',
          '/src/worker/sw\\.ts$',
          '/public/',
        ],
      },
      to: {},
    },
    {
      name: 'dependencies-are-declared',
      comment: 'The package.json of the importing package does not list this dependency.',
      severity: 'error',
      from: { path: workspace },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped-code-needs-no-development-dependency',
      comment: 'A dependency of code that ships belongs under "dependencies".',
      severity: 'error',
      from: { path: workspace, pathNot: unshipped },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'browser-code-needs-no-node-module',
      comment: 'Console, portal, ui and contract run in browsers.',
      severity: 'error',
      from: { path: '^(apps/(console|portal)|packages/(ui|contract))/', pathNot: unshipped },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-store-imports-prisma',
      comment: 'Repositories hand out plain types: nobody but packages/store knows Prisma.',
      severity: 'error',
      from: { path: workspace, pathNot: '^packages/store/' },
      to: { path: ['(^|/)node_modules/(@prisma|prisma|\\.prisma)/', '^@?prisma/'] },
    },
    {
      name: 'only-the-store-imports-better-sqlite3',
      comment: 'Prepared statements live in packages/store; tests and benchmarks may look into a database.',
      severity: 'error',
      from: { path: workspace, pathNot: ['^packages/store/', ...unshipped] },
      to: { path: '(^|/)node_modules/(@types/)?better-sqlite3/' },
    },
    ...roomRules,
    {
      name: 'server-main-imports-threads',
      comment:
        'main.ts reads the environment and starts server.ts, which wires the rooms; how far its thread steps back is its own.',
      severity: 'error',
      from: { path: '^apps/server/src/main\\.ts$' },
      to: { path: '^apps/server/src/(?!threads/)[^/]+/' },
    },
    {
      name: 'server-sallyport-imports-cli',
      comment:
        'sallyport.ts reads the environment and runs a command of cli/; starting is main.ts’s, by its file name.',
      severity: 'error',
      from: { path: '^apps/server/src/sallyport\\.ts$' },
      to: { path: '^apps/server/src/[^/]+/', pathNot: '^apps/server/src/cli/' },
    },
    {
      name: 'server-root-imports-http-and-engine-and-delivery-and-directory-sync-and-log-forwarding-and-jobs-and-configuration',
      comment:
        'server.ts wires http, engine, delivery, directory-sync, log-forwarding, jobs and configuration (and the bus between them, and the door for the shell); access is the business of the engine.',
      severity: 'error',
      from: { path: '^apps/server/src/server\\.ts$' },
      to: {
        path: '^apps/server/src/[^/]+/',
        pathNot:
          '^apps/server/src/(http|engine|delivery|directory-sync|log-forwarding|jobs|configuration|bus|certificates|control)/',
      },
    },
    {
      name: 'access-knows-no-http',
      comment: 'The pipeline is independent of the console: no Fastify and no HTTP in engine/ and access/.',
      severity: 'error',
      from: { path: '^apps/server/src/(engine|access)/', pathNot: unshipped },
      to: { path: ['(^|/)node_modules/(@fastify/|fastify)', '^(node:)?(http|https|http2)$'] },
    },
    {
      name: 'engine-enters-the-store-by-its-engine-door',
      comment: 'The engine thread must not load Prisma: @sallyport/store/engine, or types only.',
      severity: 'error',
      from: { path: '^apps/server/src/(engine|access|accounting)/', pathNot: unshipped },
      to: { path: '^packages/store/src/index\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-import-no-other-feature',
      comment: 'What two features share lies in ui/ or lib/.',
      severity: 'error',
      from: { path: '^(apps/(?:console|portal)/src/features)/([^/]+)/' },
      to: { path: '^$1/', pathNot: '^$1/$2/' },
    },
    {
      name: 'features-do-not-import-the-app',
      comment: 'app → features → { ui, lib }, never back.',
      severity: 'error',
      from: { path: '^(apps/(?:console|portal)/src)/features/', pathNot: unshipped },
      to: { path: ['^$1/app/', '^$1/main\\.tsx?$'] },
    },
    {
      name: 'ui-and-lib-import-no-feature',
      comment: 'app → features → { ui, lib }, never back.',
      severity: 'error',
      from: { path: '^(apps/(?:console|portal)/src)/(ui|lib)/', pathNot: unshipped },
      to: { path: ['^$1/(app|features)/', '^$1/main\\.tsx?$'] },
    },
  ],
  options: {
    doNotFollow: { path: ['(^|/)node_modules/', '(^|/)dist/', '/src/generated/'] },
    exclude: { path: ['/(test-results|playwright-report|coverage|\\.bench|\\.turbo)/', '(^|/)dist/'] },
    tsPreCompilationDeps: 'specify',
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
