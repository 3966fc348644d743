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
 * Every event contract of the code, by type: what `@hoerok/shared/contracts` exports, `taskChanged` for each service
 * that has tasks, and those of sagas for each service that has or takes part in some. @throws Error when two have one type, or when one has no docstring.
 */
export async function readContracts(): Promise<PublishedContract[]> {
  const docstrings = await readDocstrings();
  const named = Object.entries<unknown>(contracts);
  const { owners, orchestrators, participants } = await readRoles();
  for (const owner of owners) named.push(['taskChanged', contracts.taskChanged(owner)]);
  for (const service of orchestrators)
    named.push(['sagaStepRequested', contracts.sagaStepRequested(service)]);
  for (const service of participants) named.push(['sagaStepEnded', contracts.sagaStepEnded(service)]);
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

/** What services do with tasks and sagas, by the parts that they list. */
interface Roles {
  /** Have tasks: their own, sagas, or steps of sagas. */
  readonly owners: ReadonlySet<string>;
  readonly orchestrators: ReadonlySet<string>;
  /** Have tasks that are steps. */
  readonly participants: ReadonlySet<string>;
}

async function readRoles(): Promise<Roles> {
  const [owners, orchestrators, participants] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for await (const path of glob('*/src/service.ts', { cwd: fileURLToPath(SUBGRAPHS) })) {
    const text = await readFile(new URL(path.split(sep).join('/'), SUBGRAPHS), 'utf8');
    const service = path.split(sep)[0] ?? path;
    const lists = (part: string): boolean => new RegExp(`^\\s+${part}(:|,$)`, 'm').test(text);
    if (lists('sagas')) orchestrators.add(service);
    if (lists('sagas') || lists('sagaParticipants')) participants.add(service);
    if (lists('tasks') || participants.has(service)) owners.add(service);
  }
  return { owners, orchestrators, participants };
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
