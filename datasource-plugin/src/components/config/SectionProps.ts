import type { Settings } from './settings';

/** What each section of the config editor gets. A provisioned data source is read-only. */
export interface SectionProps {
  settings: Settings;
  onChange: (settings: Settings) => void;
}
