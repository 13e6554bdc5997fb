/** The first of A…Z, AA, AB… that is not taken. */
export function nextRefId(taken: readonly string[]): string {
  const used = new Set(taken);
  for (let n = 0; ; n++) {
    const id = letters(n);
    if (!used.has(id)) return id;
  }
}

function letters(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}
