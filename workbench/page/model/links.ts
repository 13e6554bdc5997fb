import { flag, strings, text, type Json } from './read';

/** type `link` opens url, type `dashboards` those that have all the tags. */
export interface Link {
  type: 'link' | 'dashboards';
  title: string;
  tooltip: string;
  url: string;
  tags: string[];
  asDropdown: boolean;
  keepTime: boolean;
  includeVars: boolean;
  newTab: boolean;
}

/** What a link may carry along from the dashboard it stands on. */
export interface Carried {
  from: string;
  to: string;
  timezone: string | undefined;
  /** URL parameters of the variables: var-NAME, one or many values. */
  variables: Record<string, string[]>;
}

/** Address of a link to `url`, with time range and variables when the link asks for them. */
export function linkUrl(url: string, link: Pick<Link, 'keepTime' | 'includeVars'>, carried: Carried): string {
  const [path = '', query = ''] = url.split('?', 2);
  const search = new URLSearchParams(query);
  if (link.keepTime) {
    search.set('from', carried.from);
    search.set('to', carried.to);
    if (carried.timezone) search.set('timezone', carried.timezone);
  }
  if (link.includeVars) {
    for (const [name, values] of Object.entries(carried.variables)) {
      search.delete(name);
      for (const value of values) search.append(name, value);
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Only addresses that a browser opens as a page: no javascript:, no data:. */
export function safeUrl(url: string): string | null {
  const trimmed = url.trim();
  if (/^https?:\/\//i.test(trimmed)) return trimmed;
  return /^\/(?!\/)/.test(trimmed) ? trimmed : null;
}

/** Reads one entry of a dashboard's links. */
export function parseLink(json: Json): Link {
  return {
    type: json.type === 'dashboards' ? 'dashboards' : 'link',
    title: text(json.title),
    tooltip: text(json.tooltip),
    url: text(json.url),
    tags: strings(json.tags),
    asDropdown: flag(json.asDropdown),
    keepTime: flag(json.keepTime),
    includeVars: flag(json.includeVars),
    newTab: flag(json.targetBlank),
  };
}
