import { useEffect, useState } from 'react';
import type { DataQueryRequest } from '@grafana/data';
import type { CellRange } from './detail';
import { exploreUrl } from './explore';

/** The link to the rows of a cell, once it is known; undefined for no cell, and where there is no link. */
export function useExploreUrl(
  request: DataQueryRequest | undefined,
  refId: string | undefined,
  range: CellRange | null
): string | undefined {
  const [found, setFound] = useState<{ range: CellRange; url: string | undefined } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (range !== null) {
      exploreUrl(request, refId, range).then(
        (url) => wanted && setFound({ range, url }),
        // A data source that cannot be reached has no rows to show either.
        () => {}
      );
    }
    return () => {
      wanted = false;
    };
  }, [request, refId, range]);
  return found !== null && found.range === range ? found.url : undefined;
}
