/** A file of apt's configuration: `*.list` has one source a line, `*.sources` has deb822 stanzas. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Stanza {
  readonly uris: string;
  readonly suites: readonly string[];
  readonly components: string;
  /** Field lines that are kept as they are: `Signed-By` with its key, `Trusted`, `Architectures`. */
  readonly options: readonly string[];
}

const LATER_SUITES: Readonly<Record<string, readonly string[]>> = {
  debian: ['trixie', 'sid'],
  ubuntu: ['devel'],
};

/**
 * The part of a machine's apt sources that is the distribution itself, as deb822 text: suites named after
 * the machine's codename, from the same mirror with the same keys. Third-party sources are left out.
 * With `laterSuites`, the main archive's later suites are added (Debian: trixie and sid, Ubuntu: devel).
 * @throws Error when the machine has no source for its own codename
 */
export function deriveSources(
  files: readonly SourceFile[],
  system: { readonly id: string; readonly codename: string; readonly laterSuites: boolean },
): string {
  const all = files.flatMap(({ path, text }) =>
    path.endsWith('.sources') ? fromDeb822(text) : fromList(text),
  );
  const ours = all.flatMap((stanza) => {
    const suites = stanza.suites.filter((suite) => suite.split('-')[0] === system.codename);
    return suites.length > 0 ? [{ ...stanza, suites }] : [];
  });
  const main = ours.find((stanza) => stanza.suites.includes(system.codename));
  if (!main) throw new Error(`no apt source for ${system.codename || 'this system'}`);
  const later = (LATER_SUITES[system.id] ?? []).filter((suite) => suite !== system.codename);
  const stanzas = system.laterSuites && later.length > 0 ? [...ours, { ...main, suites: later }] : ours;
  return stanzas.map(write).join('\n');
}

function fromDeb822(text: string): Stanza[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .flatMap((block) => {
      // A field goes on over lines that begin with a blank, as an embedded key does.
      const fields = block.split(/\n(?=\S)/).map((field) => field.trim());
      const value = (name: string): string =>
        fields
          .find((field) => field.toLowerCase().startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim() ?? '';
      if (!words(value('types')).includes('deb') || value('enabled') === 'no') return [];
      return [
        {
          uris: value('uris'),
          suites: words(value('suites')),
          components: value('components'),
          options: fields.filter((field) => /^(signed-by|trusted|architectures):/i.test(field)),
        },
      ];
    });
}

function fromList(text: string): Stanza[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!match) return [];
    const [, bracket = '', uris = '', suite = '', components = ''] = match;
    const names: Readonly<Record<string, string>> = {
      'signed-by': 'Signed-By',
      trusted: 'Trusted',
      arch: 'Architectures',
    };
    const options = words(bracket).flatMap((option) => {
      const [key = '', value = ''] = option.split('=');
      const field = names[key.toLowerCase()];
      return field ? [`${field}: ${value.replaceAll(',', ' ')}`] : [];
    });
    return [{ uris, suites: [suite], components: components.trim(), options }];
  });
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function write(stanza: Stanza): string {
  const fields = [
    'Types: deb',
    `URIs: ${stanza.uris}`,
    `Suites: ${stanza.suites.join(' ')}`,
    `Components: ${stanza.components}`,
    ...stanza.options,
  ];
  return `${fields.join('\n')}\n`;
}
