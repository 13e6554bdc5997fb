import { useEffect, useState } from 'react';
import type { DataQueryRequest } from '@grafana/data';
import { exploreUrl, type Rows } from './explore';

/**
 * The link to rows, once it is known; undefined for no rows, and where there is no link.
 * @param rows kept from one rendering to the next, or it is asked for again and again
 */
export function useExploreUrl(
  request: DataQueryRequest | undefined,
  refId: string | undefined,
  rows: Rows | null
): string | undefined {
  const [found, setFound] = useState<{ rows: Rows; url: string | undefined } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (rows !== null) {
      exploreUrl(request, refId, rows).then(
        (url) => wanted && setFound({ rows, url }),
        // A data source that cannot be reached has no rows to show either.
        () => {}
      );
    }
    return () => {
      wanted = false;
    };
  }, [request, refId, rows]);
  return found !== null && found.rows === rows ? found.url : undefined;
}
