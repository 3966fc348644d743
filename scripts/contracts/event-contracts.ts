import { glob, readdir, readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as contracts from '@hoerok/shared/contracts';
import type { EventContract } from '@hoerok/shared/contracts';
import { z } from 'zod';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import type { JsonSchema } from './incompatibilities.ts';

const SOURCES = new URL('packages/shared/src/contracts/', REPOSITORY);
const SUBGRAPHS = new URL('subgraphs/', REPOSITORY);

/** A contract as its file publishes it. */
export interface PublishedContract {
  readonly contract: EventContract;
  readonly schema: JsonSchema;
}

/**
 * Every event contract of the code, by type: what `@hoerok/shared/contracts` exports, and `taskChanged` for each service
 * that defines tasks. @throws Error when two have one type, or when one has no docstring.
 */
export async function readContracts(): Promise<PublishedContract[]> {
  const docstrings = await readDocstrings();
  const named = Object.entries<unknown>(contracts);
  for (const owner of await taskOwners()) named.push(['taskChanged', contracts.taskChanged(owner)]);
  const published = new Map<string, PublishedContract>();
  for (const [name, contract] of named) {
    if (!isContract(contract)) continue;
    const description = docstrings.get(name);
    if (description === undefined) throw new Error(`The contract ${name} has no docstring.`);
    if (published.has(contract.type)) throw new Error(`Two contracts have the type ${contract.type}.`);
    published.set(contract.type, { contract, schema: schemaOf(contract, description) });
  }
  return [...published.values()].sort((a, b) => byCodeUnits(a.contract.type, b.contract.type));
}

/**
 * The JSON Schema (2020-12) of a contract. It says what readers accept: properties they do not know are passed over, so
 * that optional ones can be added. `$id` is what the header `ce-dataschema` of its events says.
 */
export function schemaOf(contract: EventContract, description: string): JsonSchema {
  const schema = z.toJSONSchema(contract.schema, { io: 'input', override: nameInstants });
  const { type } = contract;
  return { ...schema, $id: `/contracts/${type}.json`, title: type, description };
}

/** The text of a contract's file: keys and required names are sorted, so moving lines of code changes nothing. */
export function textOf(schema: JsonSchema): string {
  const sorted = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return key === 'required' ? value.toSorted(byCodeUnits) : value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byCodeUnits(a, b)));
  };
  return `${JSON.stringify(schema, sorted, 2)}\n`;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** zod's pattern for instants is long and changes with its versions; the format and the Z say the same. */
function nameInstants({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: JsonSchema;
}): void {
  const rule = zodSchema._zod.def as { offset?: boolean; local?: boolean; precision?: number | null };
  if (jsonSchema.format !== 'date-time' || rule.offset || rule.local || rule.precision != null) return;
  Object.assign(jsonSchema, { pattern: 'Z$' });
}

function isContract(value: unknown): value is EventContract {
  return typeof value === 'object' && value !== null && 'schema' in value && 'version' in value;
}

/** Services that define tasks; a folder `src/jobs` may also hold schedules alone. */
async function taskOwners(): Promise<string[]> {
  const owners = new Set<string>();
  for await (const path of glob('*/src/jobs/*.ts', { cwd: fileURLToPath(SUBGRAPHS) })) {
    const text = await readFile(new URL(path, SUBGRAPHS), 'utf8');
    if (/\bdefineTask\b/.test(text)) owners.add(path.split(sep)[0] ?? path);
  }
  return [...owners];
}

/** Docstrings of exports by their name, as one line. They live in the source alone, so they are read from it. */
async function readDocstrings(): Promise<Map<string, string>> {
  const files = (await readdir(SOURCES)).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, SOURCES), 'utf8')));
  const pattern = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export (?:const|function) (\w+)/g;
  return new Map(
    texts
      .flatMap((text) => [...text.matchAll(pattern)])
      .map(([, comment = '', name = '']) => [name, comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim()]),
  );
}
