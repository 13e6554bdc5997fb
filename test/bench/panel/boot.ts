// @grafana/runtime reads this at import; the workbench and Grafana write it into their page.
Object.assign(globalThis, {
  grafanaBootData: {
    settings: {
      featureToggles: {},
      buildInfo: { version: '13.2.2', commit: '', env: 'production' },
      datasources: {},
      panels: {},
    },
    user: { theme: 'dark', orgId: 1 },
    navTree: [],
  },
  __grafana_public_path__: '/public/',
});
