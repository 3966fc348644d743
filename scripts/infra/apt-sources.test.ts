import { expect, test } from 'vitest';
import { deriveSources } from './apt-sources.ts';

const debian = { id: 'debian', codename: 'bookworm', laterSuites: true };
const ubuntu = { id: 'ubuntu', codename: 'noble', laterSuites: true };

const deb822 = `Types: deb deb-src
# a comment inside a stanza
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

test('adds the later suites to the main archive of the same mirror with the same key', () => {
  const text = deriveSources([{ path: 'debian.sources', text: deb822 }], debian);
  expect(text.split('\n\n').at(-1)).toBe(`Types: deb
URIs: http://mirror.example/debian
Suites: trixie sid
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`);
});

test('keeps the security suite on its own mirror', () => {
  const text = deriveSources([{ path: 'debian.sources', text: deb822 }], { ...debian, laterSuites: false });
  expect(text).toContain('URIs: http://mirror.example/debian-security\nSuites: bookworm-security');
  expect(text).not.toContain('sid');
});

test('leaves out the sources of third parties, of source code, and those switched off', () => {
  const list = `deb [signed-by=/k.gpg] https://vendor.example/apt stable main
deb-src http://mirror.example/debian bookworm main
# deb http://old.example/debian bookworm main
deb http://mirror.example/debian bookworm main
`;
  const off =
    'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\n';
  const files = [
    { path: 'sources.list', text: list },
    { path: 'off.sources', text: off },
  ];
  const text = deriveSources(files, { ...debian, laterSuites: false });
  expect(text).toBe('Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n');
});

test('reads one-line sources with options', () => {
  const list =
    'deb [arch=amd64,arm64 signed-by=/k.gpg] http://mirror.example/ubuntu noble main universe # why\n';
  const text = deriveSources([{ path: 'sources.list', text: list }], ubuntu);
  expect(text).toContain(
    'Suites: devel\nComponents: main universe\nArchitectures: amd64 arm64\nSigned-By: /k.gpg\n',
  );
});

test('keeps a key that stands inside the file', () => {
  const key =
    'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----';
  const text = `Types: deb\nURIs: http://m.example/debian\nSuites: bookworm\nComponents: main\n${key}\n`;
  expect(deriveSources([{ path: 'a.sources', text }], debian)).toContain(key);
});

test('refuses a system that has no source of its own', () => {
  expect(() => deriveSources([], debian)).toThrow('no apt source for bookworm');
});
