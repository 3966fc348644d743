/** What the analysis is held to on the meetings of the corpora, and what was measured. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly least: number;
  readonly unit: string;
}

/** One line a bar: whether it is reached, and by how much. */
export function describeBar({ name, value, least, unit }: Bar): string {
  const shown = (number: number): string => `${number.toFixed(1)}${unit}`;
  return `${value >= least ? 'reached' : 'MISSED '}  ${name}: ${shown(value)}, bar ${shown(least)}`;
}
