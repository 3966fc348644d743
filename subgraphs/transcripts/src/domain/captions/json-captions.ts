import { type RefusedCaptions, refuse } from './captions-result.ts';
import { JSON_SHAPES, type JsonShape } from './json-shapes.ts';
import type { ParsedCaptions } from './parsed-captions.ts';
import type { SegmentDraft } from './segment-list.ts';

const UNDERSTOOD = JSON_SHAPES.map((shape) => shape.name).join('; ');

/** Reads a transcript in JSON, see {@link JSON_SHAPES}. Refuses with `BAD_JSON`, naming the first wrong path. */
export function readJson(text: string): ParsedCaptions | RefusedCaptions {
  const root = parse(text);
  if (!root.ok) return root;
  for (const shape of JSON_SHAPES) {
    const found = shape.locate(root.value);
    if (found) return readItems(shape, found.items, found.path, root.value);
  }
  const top = describe(root.value);
  return refuse(
    'BAD_JSON',
    `The top level is ${top}, without a list of speech. Understood are: ${UNDERSTOOD}.`,
  );
}

function describe(root: unknown): string {
  if (Array.isArray(root)) return 'a list whose first item has no start, sentence or speaker_name';
  if (typeof root !== 'object' || root === null) return `a ${root === null ? 'null' : typeof root}`;
  return `an object with the keys ${Object.keys(root).slice(0, 8).join(', ') || '(none)'}`;
}

function readItems(
  shape: JsonShape,
  items: readonly unknown[],
  path: string,
  root: unknown,
): ParsedCaptions | RefusedCaptions {
  const schema = shape.itemSchema(root);
  const drafts: SegmentDraft[] = [];
  // One by one, to stop at the first problem: a list of ten million wrong items must not build as many issues.
  for (const [index, item] of items.entries()) {
    const read = schema.safeParse(item);
    if (!read.success) {
      const [issue] = read.error.issues;
      const where = [`${path}[${index}]`, ...(issue?.path ?? [])].join('.');
      return refuse('BAD_JSON', `Read as ${shape.name}, ${where} is wrong: ${issue?.message}.`);
    }
    drafts.push(read.data);
  }
  const languageHint = languageOf(root);
  return { ok: true, timed: true, drafts, ...(languageHint !== undefined && { languageHint }) };
}

function parse(text: string): { ok: true; value: unknown } | RefusedCaptions {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(reason)?.[1];
    const line = text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
    return refuse('BAD_JSON', `Line ${line} is not valid JSON. Export the file again.`, line);
  }
}

const LANGUAGE_NAMES = new Map([
  ['english', 'en'],
  ['korean', 'ko'],
]);

/** Whisper's `verbose_json` gives a name, everything else a tag; whisper.cpp puts it under `result`. */
function languageOf(root: unknown): string | undefined {
  if (typeof root !== 'object' || root === null) return undefined;
  if ('language' in root && typeof root.language === 'string') {
    return LANGUAGE_NAMES.get(root.language.toLowerCase()) ?? (root.language || undefined);
  }
  return 'result' in root ? languageOf(root.result) : undefined;
}
