/** What the store holds, asked over its HTTP interface. */
async function ask(url, sql) {
  const answer = await fetch(`${url}/?default_format=JSONEachRow`, { method: 'POST', body: sql });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The store at ${url} refused a question (${answer.status}): ${text.slice(0, 300)}`);
  return text.trim() ? JSON.parse(text.trim().split('\n')[0]) : null;
}

/** @returns {Promise<number | null>} newest event in ms since the epoch, null for an empty store */
export async function newestEvent(url) {
  const row = await ask(
    url,
    'SELECT toUnixTimestamp64Milli(max(time)) AS newest, count() AS events FROM fireplot.events'
  );
  return row && Number(row.events) > 0 ? Number(row.newest) : null;
}

const DAY = 86_400_000;

/** The UTC day that holds `ms`, as [from, to] in ms. */
export function dayOf(ms) {
  const from = Math.floor(ms / DAY) * DAY;
  return [from, from + DAY];
}
