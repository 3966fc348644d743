import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parseVtt, type VttCue, type VttFile } from './vtt-parser.ts';

// The web-platform-tests of WebVTT lie outside the repository: web-platform-tests, webvtt/parsing/file-parsing.
const suite = fileURLToPath(new URL('../../../../../../shared/data/vtt-conformance/', import.meta.url));
const present = existsSync(suite);
const REQUIRED_SHARE = 0.95;

const assertions = {
  assert_equals: (actual: unknown, wanted: unknown, note?: string) =>
    check(Object.is(actual, wanted), actual, wanted, note),
  assert_not_equals: (actual: unknown, other: unknown, note?: string) =>
    check(!Object.is(actual, other), actual, other, note),
  assert_true: (actual: unknown, note?: string) => check(actual === true, actual, true, note),
  assert_false: (actual: unknown, note?: string) => check(actual === false, actual, false, note),
};

describe.skipIf(!present)(
  'web-platform-tests of WebVTT file parsing (skipped without ../shared/data/vtt-conformance)',
  () => {
    it('passes at least 95 % of the assertion files', () => {
      const files = readdirSync(`${suite}wpt-root`).filter((name) => name.endsWith('.test'));
      const failures = files.flatMap((name) => failureOf(name) ?? []);
      const passed = files.length - failures.length;
      console.log(`WebVTT conformance: ${passed} of ${files.length} assertion files pass`, failures);
      expect(files.length).toBeGreaterThan(30);
      expect(passed / files.length).toBeGreaterThanOrEqual(REQUIRED_SHARE);
    });

    it('refuses every file with a wrong signature', () => {
      const wrong = readdirSync(`${suite}wpt-root`).filter((name) => name.endsWith('.vtt'));
      const accepted = wrong.filter(
        (name) => parseBytes(readFileSync(`${suite}wpt-root/${name}`)) !== undefined,
      );
      console.log(
        `WebVTT conformance: ${wrong.length - accepted.length} of ${wrong.length} wrong signatures refused`,
      );
      expect(wrong.length).toBeGreaterThan(8);
      expect(accepted).toEqual([]);
    });
  },
);

function failureOf(name: string): string | undefined {
  const [script = ''] = readFileSync(`${suite}wpt-root/${name}`, 'utf8').split(/^===\n/m);
  // The .test file writes its captions with escapes; the suite holds them expanded beside it.
  const captions = readFileSync(`${suite}wpt-tests/${name.replace('.test', '.vtt')}`);
  const cues = parseBytes(captions)?.cues.map(asVttCue);
  const context = createContext({ ...assertions, cues, document: { styleSheets: [] } });
  try {
    // The first lines are a title and links; the rest is a script of assertions about `cues`.
    runInContext(script.replace(/^.*\n(?:<link .*\n)*/, ''), context, { timeout: 5000 });
    return undefined;
  } catch (error) {
    return `${name}: ${error instanceof Error ? error.message : JSON.stringify(error)}`;
  }
}

function parseBytes(bytes: Uint8Array): VttFile | undefined {
  return parseVtt(new TextDecoder().decode(bytes)); // takes one byte order mark off, as the specification says
}

function asVttCue({ id, startMs, endMs, text, settings }: VttCue): object {
  return { id, startTime: startMs / 1000, endTime: endMs / 1000, text, ...settings };
}

function check(holds: boolean, actual: unknown, wanted: unknown, note = ''): void {
  if (!holds) throw new Error(`${note} got ${JSON.stringify(actual)}, wanted ${JSON.stringify(wanted)}`);
}
