/** Imports run downward only: kernel <- things, link, protocol packages <- agent | server; api <- server, panel. */
const protocol = '(android-tv|sas|blackjack|court-schedules|plates)';
module.exports = {
  forbidden: [
    {
      // Types that are recursive over two files do no harm: nothing of them is there when the program runs.
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: '^packages/kernel/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages/(?!kernel)|apps/)|node_modules', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|e2e|bench)/' },
    },
    {
      name: 'apps-never-import-one-another',
      severity: 'error',
      // The command line joins the apps, by what they export for it.
      from: { path: '^apps/([^/]+)/', pathNot: '(\\.test\\.ts$|^apps/cli/)' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-command-line-uses-exports-only',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: {
        path: '^apps/(?!cli/)',
        pathNot: '^apps/(server|agent)/src/(cli|supervision|version|operator/exit-with)\\.ts$',
      },
    },
    {
      name: 'protocol-packages-are-independent',
      severity: 'error',
      from: { path: `^packages/${protocol}/` },
      to: { path: `^packages/(link|api|${protocol.slice(1, -1)})/`, pathNot: '^packages/$1/' },
    },
    {
      name: 'the-mirror-knows-no-source',
      severity: 'error',
      from: { path: '^packages/mirror/' },
      to: { path: `^packages/(link|api|things|${protocol.slice(1, -1)})/` },
    },
    {
      name: 'protocols-stay-out-of-server-and-panel',
      severity: 'error',
      from: { path: '^apps/(server|panel)/' },
      to: { path: '^packages/(android-tv|sas)/', pathNot: 'simulator' },
    },
    {
      // What a driver reports is declared once, for it and for who reads it.
      name: 'of-slot-machines-server-and-panel-know-the-facts',
      severity: 'error',
      from: { path: '^apps/(server|panel)/' },
      to: { path: '^packages/egm/', pathNot: '^packages/egm/src/(facts|simulator)/' },
    },
    {
      name: 'facts-of-slot-machines-stand-alone',
      severity: 'error',
      from: { path: '^packages/egm/src/facts/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(?!egm/src/facts)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^apps/server/src/platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/server/src/(core|domains)/' },
    },
    {
      name: 'core-knows-no-domain',
      severity: 'error',
      from: { path: '^apps/server/src/core/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/server/src/domains/' },
    },
    {
      name: 'domains-never-import-one-another',
      severity: 'error',
      from: { path: '^apps/server/src/domains/([^/]+)/' },
      to: { path: '^apps/server/src/domains/([^/]+)/', pathNot: '^apps/server/src/domains/$1/' },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/node_modules/)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
