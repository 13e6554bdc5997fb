import { one, wholeNumber } from '../setting.js';

/** When `serve` looks for scans. */
export const DETECTION_SETTINGS = {
  detectSeconds: one(
    {
      variable: 'FIREPLOT_DETECT_SECONDS',
      path: 'detection.every_seconds',
      offable: true,
      about: 'how often serve looks for scans in what is new; off for never',
      fallbackWords: '60',
    },
    (): number | undefined => 60,
    (text) => (text === 'off' ? undefined : wholeNumber(text, 1, 86_400, 'seconds'))
  ),
};
