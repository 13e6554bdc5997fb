/**
 * Names in a spool's folder: `000000000007.TOKEN.batch`. The number is the order, the token is in the name too, so that
 * a file whose head is damaged can still be read.
 */
export interface FileName {
  readonly seq: number;
  readonly token: string;
  readonly kind: Kind;
}

/** 'batch' is yet to be stored; the store has refused 'refused'; 'damaged' is kept for a look and not read again. */
export type Kind = 'batch' | 'refused' | 'damaged';

const NAME = /^(\d{12})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(batch|refused|damaged)$/;

export function parseName(name: string): FileName | undefined {
  const found = NAME.exec(name);
  if (found === null) return undefined;
  return { seq: Number(found[1]), token: found[2] as string, kind: found[3] as Kind };
}

export function formatName({ seq, token, kind }: FileName): string {
  return `${String(seq).padStart(12, '0')}.${token}.${kind}`;
}
