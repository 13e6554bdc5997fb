import path from 'node:path';

/**
 * What rotation makes of a name: `x.log.1`, `x.log-20261125`, `x.log.old`, and `x-20261125.log`, packed or not. The
 * groups are the separator with number or date, the ending that was moved behind it, and the packer's ending.
 */
const TURNED = /[.\-_](?:\d[\d\-_.:T]*|old|bak|prev)$/i;
const PACKED = /\.(?:gz|xz|zst|bz2)$/i;
const ENDING = /\.[A-Za-z]+$/;

/** `x.log` for itself and all names that rotation gives it: names with the same outcome are one family. */
export function familyOf(file: string): string {
  const name = path.basename(file).replace(PACKED, '');
  const plain = name.replace(TURNED, '');
  if (plain !== name && plain !== '') return path.join(path.dirname(file), plain);
  const ending = ENDING.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  const turned = stem.replace(TURNED, '');
  return path.join(path.dirname(file), (turned === '' ? stem : turned) + ending);
}

/** Whether `file` has a name that rotation gives to `base`, which is itself the name of a log at work. */
export function isRotationOf(file: string, base: string): boolean {
  return file !== base && path.dirname(file) === path.dirname(base) && familyOf(file) === base;
}
