/** A check for CommitInput: '' or a whole number in the range. */
export function wholeNumber(min: number, max: number): (text: string) => string {
  return (text) => {
    const number = Number(text);
    return text.trim() === '' || (Number.isInteger(number) && number >= min && number <= max)
      ? ''
      : `A whole number from ${min} to ${max}, or nothing for the default.`;
  };
}

/** As `wholeNumber` for a port; a variable such as `\${port_from}` is taken too. */
export function portOrVariable(text: string): string {
  return text.includes('$') ? '' : wholeNumber(1, 65_535)(text);
}

/** What a number field stores: undefined for an empty one. */
export function toNumber(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}
