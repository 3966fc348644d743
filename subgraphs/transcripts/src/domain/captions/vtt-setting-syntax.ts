/** The `name:value` words of a settings string; words without a colon inside are skipped. */
export function settingPairs(input: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  // ASCII white space only: the specification does not count a vertical tab or a no-break space.
  for (const word of input.split(/[\t\n\f\r ]+/)) {
    const colon = word.indexOf(':');
    if (colon > 0 && colon < word.length - 1) pairs.push([word.slice(0, colon), word.slice(colon + 1)]);
  }
  return pairs;
}

/** A number from 0 to 100 written as digits, an optional fraction and `%`; undefined for anything else. */
export function parsePercentage(input: string): number | undefined {
  if (!/^\d+(?:\.\d+)?%$/.test(input)) return undefined;
  const percent = Number(input.slice(0, -1));
  return percent <= 100 ? percent : undefined;
}
