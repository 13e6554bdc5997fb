import { one, oneOf } from '../setting.js';

/** Threat intelligence; feeds themselves are a list of the config file (intel-feeds.ts). */
export const INTEL_SETTINGS = {
  intelFolder: one(
    {
      variable: 'FIREPLOT_INTEL_FOLDER',
      path: 'intel.folder',
      folder: true,
      about: 'folder of the last good copies of feeds that come over HTTP',
      fallbackWords: "the folder intel in the store's",
    },
    () => '',
    (text) => text
  ),
  intelRefresh: one(
    {
      variable: 'FIREPLOT_INTEL_REFRESH',
      path: 'intel.refresh',
      about: 'whether serve also asks for feeds that were added by `fireplot intel add URL`: on or off',
    },
    () => 'off' as const,
    (text) => oneOf(text, ['on', 'off'] as const)
  ),
};
