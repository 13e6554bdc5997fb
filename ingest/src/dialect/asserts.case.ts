import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FORMATS = fileURLToPath(new URL('../../../../shared/data/formats/', import.meta.url));

/** One line of a CrowdSec parser test. */
export interface Asserted {
  readonly line: string;
  /** Whether CrowdSec's parser took the line. */
  readonly success: boolean;
  /** What it read, by its own names: `src_ip`, `dst_port`, … */
  readonly parsed: ReadonlyMap<string, string>;
}

/** `results["s01-parse"]["NAME"][2].Evt.Parsed["dst_ip"] == "192.0.2.1"`: line 2, key, value. */
const PARSED = /^results\["s01-parse"\]\["[^"]+"\]\[(\d+)\]\.Evt\.Parsed\["(\w+)"\] == "(.*)"$/;
const SUCCESS = /^results\["s01-parse"\]\["[^"]+"\]\[(\d+)\]\.Success == (true|false)$/;

/** Reads the `.expected.assert` beside a log; the assertions are numbered by the log's lines. */
export function asserted(folder: string, file: string, lines: readonly string[]): readonly Asserted[] {
  const text = readFileSync(`${FORMATS}${folder}/${file.replace(/\.log$/, '.expected.assert')}`, 'latin1');
  const parsed = lines.map(() => new Map<string, string>());
  const success = lines.map(() => false);
  for (const row of text.split('\n')) {
    const value = PARSED.exec(row);
    if (value) parsed[Number(value[1])]?.set(value[2]!, value[3]!);
    const verdict = SUCCESS.exec(row);
    if (verdict) success[Number(verdict[1])] = verdict[2] === 'true';
  }
  return lines.map((line, at) => ({ line, success: success[at]!, parsed: parsed[at]! }));
}
