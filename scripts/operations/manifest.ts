/**
 * `pnpm operations:manifest`: writes `operations/manifest.json` from `operations/*.graphql`, Apollo's manifest of persisted
 * operations. The id of an operation is the SHA-256 of its text as it stands in the file: that is what clients send.
 *
 *   --check   writes nothing and exits with 1 when the manifest is not current
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { getOperationAST, parse } from 'graphql';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

const FOLDER = new URL('operations/', REPOSITORY);
const MANIFEST = new URL('manifest.json', FOLDER);

/** One operation as the manifest lists it. */
interface ManifestEntry {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

async function readEntry(file: string): Promise<ManifestEntry> {
  const body = await readFile(new URL(file, FOLDER), 'utf8');
  const operation = getOperationAST(parse(body));
  if (operation?.name === undefined)
    throw new Error(`operations/${file} does not hold one operation with a name`);
  const id = createHash('sha256').update(body).digest('hex');
  return { id, name: operation.name.value, type: operation.operation, body };
}

async function readEntries(): Promise<ManifestEntry[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.graphql')).sort();
  const entries = await Promise.all(files.map(readEntry));
  const names = new Set(entries.map(({ name }) => name));
  if (names.size < entries.length) throw new Error('two files of operations/ hold operations of one name');
  return entries;
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const operations = await readEntries();
const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
const text = `${JSON.stringify(manifest, null, 2)}\n`;
const current = await readFile(MANIFEST, 'utf8').catch(() => '');
if (values.check && current !== text) {
  console.error('operations/manifest.json is not what operations/*.graphql make of it.');
  process.exitCode = 1;
} else {
  if (current !== text) await writeFile(MANIFEST, text);
  console.log(`The manifest holds ${operations.length} operations.`);
}
