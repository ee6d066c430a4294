// The walls: who may import whom (docs/decisions/0001-rules-decide-server-does.md). scripts/walls.mjs holds them.
const features = [
  'inbox',
  'rule-sets',
  'contacts',
  'deals',
  'conversations',
  'messages',
  'pipelines',
  'directory',
  'channel-admin',
  'people',
  'accounts',
];
const anyOf = (names) => `(?:${names.join('|')})`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'rules-stand-alone',
      severity: 'error',
      from: { path: '^rules/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^rules/', '^node_modules/(zod|re2js|cron-parser|jsonata)/'] },
    },
    {
      name: 'only-through-the-door',
      severity: 'error',
      from: { pathNot: ['^(rules|test|bench)/', '^server/expressions/expression-thread\\.ts$'] },
      to: { path: '^rules/', pathNot: '^rules/index\\.ts$' },
    },
    {
      name: 'the-thread-of-expressions-loads-little',
      severity: 'error',
      from: { path: '^server/expressions/expression-thread\\.ts$' },
      to: { pathNot: ['^rules/expressions/', '^server/expressions/messages\\.ts$', '^(node:)?worker_threads$'] },
    },
    {
      name: 'node-types-do-not-meet',
      severity: 'error',
      from: { path: '^rules/nodes/([^/]+)/' },
      to: { path: '^rules/nodes/', pathNot: '^rules/nodes/$1/' },
    },
    {
      name: 'node-types-do-not-look-up',
      severity: 'error',
      from: { path: '^rules/nodes/[^/]+/' },
      to: { path: '^rules/(index|compile|evaluate|check|session|decide)\\.ts$' },
    },
    {
      name: 'api-is-the-contract',
      severity: 'error',
      from: { path: '^api/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^api/', '^rules/index\\.ts$', '^node_modules/zod/'] },
    },
    { name: 'builder-and-server-do-not-meet', severity: 'error', from: { path: '^builder/' }, to: { path: '^(server|migrations|cli)/' } },
    { name: 'server-and-builder-do-not-meet', severity: 'error', from: { path: '^(server|cli|migrations)/' }, to: { path: '^builder/' } },
    {
      name: 'cli-needs-no-server',
      severity: 'error',
      from: { path: '^cli/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(server|migrations)/' },
    },
    {
      name: 'migrations-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(server|rules|api|builder|cli)/' },
    },
    {
      name: 'connectors-do-not-meet',
      severity: 'error',
      from: { path: '^server/channels/([^/]+)/' },
      to: { path: '^server/channels/[^/]+/', pathNot: '^server/channels/$1/' },
    },
    {
      name: 'connectors-touch-no-database',
      severity: 'error',
      from: { path: '^server/channels/[^/]+/' },
      to: { path: ['^server/(db|queues|messaging|effects|auth|live|health)', '^node_modules/(pg|typeorm|bullmq)/'] },
    },
    {
      name: 'effects-write-rows-only',
      severity: 'error',
      from: { path: '^server/effects/' },
      to: { path: '^server/(channels|messaging|http|db|queues)' },
    },
    {
      name: 'features-do-not-meet',
      severity: 'error',
      from: { path: `^server/(${anyOf(features)})/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^server/${anyOf(features)}/`, pathNot: ['^server/$1/', '\\.queries\\.ts$'] },
    },
    {
      name: 'the-path-knows-no-feature',
      severity: 'error',
      from: { path: '^server/(messaging|effects|channels)/' },
      to: { path: `^server/${anyOf(features)}/` },
    },
    {
      name: 'the-ground-knows-no-path',
      severity: 'error',
      from: { path: '^server/(db|config|auth|live|health|http|problem|logging|audit|expressions)/' },
      to: { path: `^server/(messaging|effects|channels/[^/]+/|${anyOf(features)})` },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { pathNot: ['^(test|bench)/', '\\.test\\.tsx?$'] },
      to: { path: ['^test/', '\\.test\\.tsx?$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
