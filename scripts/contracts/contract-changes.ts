import type { Baseline, ContractFiles } from './contract-files.ts';
import { type PublishedContract, textOf } from './event-contracts.ts';
import { incompatibilities, type JsonSchema } from './incompatibilities.ts';

/** The contracts of the code, the files beside it, and what both must stay compatible with. */
export interface ContractState {
  readonly contracts: readonly PublishedContract[];
  readonly files: ContractFiles;
  readonly baselines: readonly Baseline[];
}

/** What writing the contracts would do. */
export interface ContractWrites {
  /** New texts by file name; only files that are new or change. */
  readonly writes: ReadonlyMap<string, string>;
  /** Why the other ones are not written. */
  readonly refused: readonly string[];
}

/** Decides which files to write: new contracts and compatible changes; the rest is refused with its reasons. */
export function planWrites(state: ContractState): ContractWrites {
  const writes = new Map<string, string>();
  const refused: string[] = [];
  for (const published of state.contracts) {
    const name = fileOf(published);
    const reasons = refusals(published, state);
    refused.push(...reasons);
    const text = textOf(published.schema);
    if (reasons.length === 0 && state.files.get(name) !== text) writes.set(name, text);
  }
  return { writes, refused };
}

/**
 * Everything wrong with the contract files, a line each: breaking changes within a version, files that are missing or
 * differ from the code, files without a contract, and files that vanished without being retired.
 */
export function findProblems(state: ContractState): string[] {
  const { writes, refused } = planWrites(state);
  const current = new Set(state.contracts.map(fileOf));
  const drifted = [...writes.keys()].map((name) =>
    state.files.has(name)
      ? `contracts/${name} differs from its contract; run "pnpm contracts:write".`
      : `contracts/${name} is missing; run "pnpm contracts:write".`,
  );
  const orphans = [...state.files.keys()]
    .filter((name) => !isRetired(name) && !current.has(name))
    .map(
      (name) =>
        `contracts/${name} has no contract; bring it back, or move the file to contracts/retired/ when nobody ` +
        'publishes or reads it any more.',
    );
  return [...refused, ...drifted, ...orphans, ...lostOrChanged(state, current)];
}

function refusals({ contract, schema }: PublishedContract, { files, baselines }: ContractState): string[] {
  const name = `${contract.type}.json`;
  if (files.has(`retired/${name}`))
    return [`contracts/${name}: this version is retired; make it v${contract.version + 1}.`];
  return breaches(name, schema, baselines).map(
    (line) => `contracts/${name}: ${line} Make it v${contract.version + 1}.`,
  );
}

/** Files of a baseline that no contract answers for: they must lie in `retired/`, as they were. */
function lostOrChanged({ files, baselines }: ContractState, current: ReadonlySet<string>): string[] {
  const names = new Set(baselines.flatMap((baseline) => [...baseline.files.keys()].map(plainName)));
  return [...names]
    .filter((name) => !current.has(name))
    .flatMap((name) => {
      const kept = files.get(`retired/${name}`) ?? files.get(name);
      if (kept === undefined)
        return [`contracts/${name} was removed; keep it as contracts/retired/${name}, its type stays taken.`];
      return breaches(name, parse(name, kept), baselines).map(
        (line) => `contracts/retired/${name}: ${line} Nothing changes in what is retired.`,
      );
    });
}

/** Incompatibilities with any baseline, each said once. */
function breaches(name: string, schema: JsonSchema, baselines: readonly Baseline[]): string[] {
  const lines = baselines.flatMap(({ files }) => {
    const before = files.get(name) ?? files.get(`retired/${name}`);
    return before === undefined ? [] : incompatibilities(parse(name, before), schema);
  });
  return [...new Set(lines)];
}

function parse(name: string, text: string): JsonSchema {
  try {
    return JSON.parse(text) as JsonSchema;
  } catch (error) {
    throw new Error(`contracts/${name} is not JSON.`, { cause: error });
  }
}

const fileOf = ({ contract }: PublishedContract): string => `${contract.type}.json`;
const isRetired = (name: string): boolean => name.startsWith('retired/');
const plainName = (name: string): string => name.replace('retired/', '');
