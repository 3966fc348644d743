/** The first dotted number in a text, as it stands there: `18.4`, `7.0.15`. */
export function parseVersion(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
}

/**
 * Orders versions by number, part by part: negative when `a` is older than `b`, 0 when they are the same.
 * A missing part counts as 0.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (parseVersion(version) ?? '').split('.').map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` is `minimum` or newer. */
export function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}
