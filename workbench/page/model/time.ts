/** A moment as scenes keeps it: relative text stays, epoch ms (as in addresses) becomes ISO. */
export function timeText(value: string): string {
  return /^-?\d{1,16}$/.test(value) ? new Date(Number(value)).toISOString() : value;
}

/** The same as Grafana writes it into addresses: a moment becomes epoch ms, relative text stays. */
export function urlTime(value: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? value : String(ms);
}
