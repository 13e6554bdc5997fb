import type { AnnotationSupport } from '@grafana/data';
import type { FirewallQuery } from './query';

/**
 * Annotations are any query, by Grafana's own editor and its mapping by field names (time, timeEnd, title, text, tags,
 * id). A new one marks the scans that detection found. Annotations' text is shown as HTML: the backend encodes what it
 * writes for findings; a statement of one's own has to say encodeXMLComponent for what comes from a log line.
 */
export const annotations: AnnotationSupport<FirewallQuery> = {
  getDefaultQuery: () => ({ queryType: 'scans', format: 'annotations' }),
  prepareQuery: ({ target }) => {
    if (target === undefined) {
      return undefined;
    }
    const finding = ['scans', 'spikes', 'intel'].includes(target.queryType);
    return finding ? { ...target, format: 'annotations' } : target;
  },
};
