import { isStored, secretOf, type Settings } from './settings';

/** A header sent with every request. A stored value is not known here; it can only be kept or replaced. */
export interface Header {
  name: string;
  value: string;
  stored: boolean;
}

const NAME = 'httpHeaderName';
const VALUE = 'httpHeaderValue';

/** The headers of a data source, which keeps them as httpHeaderName1, httpHeaderValue1 (secret), and so on. */
export function readHeaders(settings: Settings): Header[] {
  const headers: Header[] = [];
  for (let n = 1; ; n++) {
    const name: unknown = Reflect.get(settings.jsonData, `${NAME}${n}`);
    if (typeof name !== 'string') {
      return headers;
    }
    const field = `${VALUE}${n}`;
    headers.push({ name, value: secretOf(settings, field), stored: isStored(settings, field) });
  }
}

/** The settings with header `index` replaced; one past the last appends. */
export function withHeader(settings: Settings, index: number, header: Header): Settings {
  const n = index + 1;
  return {
    ...settings,
    jsonData: { ...settings.jsonData, [`${NAME}${n}`]: header.name },
    secureJsonFields: { ...settings.secureJsonFields, [`${VALUE}${n}`]: header.stored },
    secureJsonData: header.stored
      ? settings.secureJsonData
      : { ...settings.secureJsonData, [`${VALUE}${n}`]: header.value },
  };
}

/**
 * The settings without header `index`. The ones behind it move up, for the backend stops reading at a gap; a stored
 * value cannot move with its name, since nobody here knows it, and must be typed in again.
 */
export function withoutHeader(settings: Settings, index: number): Settings {
  const headers = readHeaders(settings);
  let out = settings;
  headers.slice(index + 1).forEach((header, i) => {
    out = withHeader(out, index + i, { ...header, stored: false });
  });
  const { [`${NAME}${headers.length}`]: _name, ...jsonData } = out.jsonData as Settings['jsonData'] &
    Record<string, unknown>;
  const last = `${VALUE}${headers.length}`;
  return {
    ...out,
    jsonData,
    secureJsonFields: { ...out.secureJsonFields, [last]: false },
    secureJsonData: { ...out.secureJsonData, [last]: '' },
  };
}
