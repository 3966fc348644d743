/** What two labels of one speaker have in common: letter case, Unicode form and white space aside, they are the same. */
export function speakerKey(label: string): string {
  return label.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Somebody whom a label may name. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** Who is meant by labels: a person whose name or alias a label equals, when there is exactly one. By label. */
export function usersByLabel(
  labels: readonly string[],
  people: readonly NamedPerson[],
): ReadonlyMap<string, string> {
  const idsByKey = new Map<string, Set<string>>();
  for (const { id, name, aliases } of people) {
    for (const key of [name, ...aliases].map(speakerKey))
      idsByKey.set(key, (idsByKey.get(key) ?? new Set()).add(id));
  }
  return new Map(
    labels.flatMap((label): [string, string][] => {
      const [id, ...others] = idsByKey.get(speakerKey(label)) ?? [];
      return id === undefined || others.length > 0 ? [] : [[label, id]];
    }),
  );
}
