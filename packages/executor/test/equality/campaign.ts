import { difference, differenceFromOracle, type Rule } from './compare.ts';
import { composeWorld, type ComposedWorld } from './compose-world.ts';
import type { Answer, ClientRequest, Contender, ContenderFactory } from './contender.ts';
import { drawFaults, type Fault, type Place } from './faults.ts';
import { generateOperation } from './generate-operation.ts';
import { createOracle, type Oracle, oracleKnows } from './oracle.ts';
import { createRandom, type Random } from './random.ts';
import { shrink, type Trial } from './shrink.ts';
import { createStock } from './stock.ts';
import { createSubgraphs, type Subgraphs } from './subgraph.ts';
import { fieldNamed } from './world.ts';

/** What to run. */
export interface CampaignOptions {
  /** Seed of the first world; the next worlds have the next numbers. */
  readonly seed: number;
  /** How many answers to compare. */
  readonly cases: number;
  /** Compared with stock, when there is one. */
  readonly contender?: ContenderFactory;
  /** @default everything counts: order of keys, each error, its whole path */
  readonly rule?: Rule;
  /** Called after each world. */
  readonly progress?: (counts: CampaignCounts) => void;
  /** Whether to pass over answers that stock gives up on altogether, for a value of a wrong type. @default false */
  readonly skipGivenUp?: boolean;
  /** Whether to pass over faults that put a list where an object belongs: stock reads it as an object. @default false */
  readonly skipListForObject?: boolean;
  /** Whether stock's differences from the monolith are findings, too. @default false */
  readonly stockFindings?: boolean;
  /** Stops after so many differences. @default 1 */
  readonly maxDifferences?: number;
}

/** What a campaign came by. */
export interface CampaignCounts {
  worlds: number;
  cases: number;
  faultyCases: number;
  /** Cases in which stock was held against the monolith. */
  oracleCases: number;
  rejectedWorlds: number;
  /** Operations that Apollo's planner cannot plan. */
  unplannable: number;
  /** Of these, where stock was wrong; the contender may then be right. */
  stockWrong: number;
  /** Where stock gave no data at all, not even null. */
  stockGaveUp: number;
  withErrors: number;
  requests: { stock: number; contender: number };
  readonly faults: Map<string, number>;
}

/** A difference, shrunk, as text. */
export interface Finding {
  readonly seed: number;
  readonly reason: string;
  readonly text: string;
}

const OPERATIONS_PER_WORLD = 10;
const FAULTS_PER_OPERATION = 2;

/** Runs cases until there are enough, or enough differences. */
export async function runCampaign(
  options: CampaignOptions,
): Promise<{ readonly counts: CampaignCounts; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const counts: CampaignCounts = {
    worlds: 0,
    cases: 0,
    faultyCases: 0,
    oracleCases: 0,
    stockWrong: 0,
    rejectedWorlds: 0,
    unplannable: 0,
    stockGaveUp: 0,
    withErrors: 0,
    requests: { stock: 0, contender: 0 },
    faults: new Map(),
  };
  const enough = (): boolean =>
    counts.cases >= options.cases || findings.length >= (options.maxDifferences ?? 1);
  for (let seed = options.seed; !enough(); seed++) {
    const arena = await openArena(seed, options, counts);
    counts.worlds += 1;
    counts.rejectedWorlds += arena.composed.rejections.length;
    for (let index = 0; index < OPERATIONS_PER_WORLD && !enough(); index++) {
      const finding = await runOperation(arena, createRandom(`${seed}/${index}`), enough);
      if (finding !== undefined) findings.push({ ...finding, seed });
    }
    options.progress?.(counts);
  }
  return { counts, findings };
}

interface Arena {
  readonly composed: ComposedWorld;
  readonly subgraphs: Subgraphs;
  readonly stock: Contender;
  readonly contender: Contender | undefined;
  readonly oracle: Oracle;
  readonly rule: Rule;
  readonly skipGivenUp: boolean;
  readonly skipListForObject: boolean;
  readonly reasonOf: (verdict: Verdict) => string | undefined;
  readonly counts: CampaignCounts;
}

async function openArena(seed: number, options: CampaignOptions, counts: CampaignCounts): Promise<Arena> {
  const composed = composeWorld(String(seed));
  const subgraphs = createSubgraphs(composed);
  return {
    composed,
    subgraphs,
    stock: createStock(composed.served, subgraphs.fetch),
    contender: await options.contender?.(composed.served, subgraphs.fetch),
    oracle: createOracle(composed, subgraphs.store),
    rule: options.rule ?? { once: false, clientPaths: false, anyIndex: false, anyOrder: false },
    skipGivenUp: options.skipGivenUp ?? false,
    skipListForObject: options.skipListForObject ?? false,
    reasonOf: ({ finding, stockWrong }) =>
      finding ?? (options.stockFindings === true ? stockWrong : undefined),
    counts,
  };
}

/** An operation without faults, then with some. */
async function runOperation(
  arena: Arena,
  random: Random,
  enough: () => boolean,
): Promise<Omit<Finding, 'seed'> | undefined> {
  const { composed, subgraphs, counts } = arena;
  const { world, served } = composed;
  const idsOf = (typeName: string): string[] => {
    const members = world.abstracts.find(({ name }) => name === typeName)?.members ?? [{ name: typeName }];
    return members.flatMap(({ name }) =>
      Array.from({ length: world.instances }, (_, index) => `${name}-${index}`),
    );
  };
  const request = generateOperation({ schema: served.api, idsOf, wild: world.wild }, random);
  if (!isPlannable(arena, request)) return undefined;
  const places = await placesOf(arena, request);
  for (let round = 0; round <= FAULTS_PER_OPERATION && !enough(); round++) {
    const faults = round === 0 ? [] : drawFaults(random.fork(`faults ${round}`), places);
    if (round > 0 && faults.length === 0) return undefined;
    counts.cases += 1;
    if (round > 0) counts.faultyCases += 1;
    for (const { level, kind } of faults) {
      counts.faults.set(`${level} ${kind}`, (counts.faults.get(`${level} ${kind}`) ?? 0) + 1);
    }
    const verdict = await compareOnce(arena, { request, faults }, counts);
    const reason = arena.reasonOf(verdict);
    if (reason !== undefined) return await explain(arena, { request, faults }, reason);
    // What stock gets wrong without faults tells nothing with them.
    if (verdict.stockWrong !== undefined) return undefined;
  }
  subgraphs.begin([]);
  return undefined;
}

/** The planner, which is Apollo's for all contenders, fails to plan some valid operations. */
function isPlannable({ composed, counts }: Arena, request: ClientRequest): boolean {
  try {
    composed.served.planOf(request);
    return true;
  } catch {
    counts.unplannable += 1;
    return false;
  }
}

async function placesOf({ subgraphs, stock }: Arena, request: ClientRequest): Promise<Place[]> {
  const session = subgraphs.begin([]);
  await answerOf(stock, request);
  return [...session.visited.values()];
}

interface Verdict {
  /** What differs that should not. */
  readonly finding?: string;
  /** How stock differs from the monolith. */
  readonly stockWrong?: string;
}

/** Runs all over the same store with the same faults. Where stock is wrong, the contender may be right instead. */
async function compareOnce(
  { subgraphs, stock, contender, oracle, rule, skipGivenUp, skipListForObject, composed }: Arena,
  { request, faults }: Trial,
  counts?: CampaignCounts,
): Promise<Verdict> {
  const stockSession = subgraphs.begin(faults);
  const expected = await answerOf(stock, request);
  const known = faults.every((fault) => oracleKnows(composed, fault));
  const truth = known ? await oracle.run(request, faults) : undefined;
  const wrong = truth === undefined ? undefined : differenceFromOracle(truth, expected);
  if (counts !== undefined) {
    counts.requests.stock += stockSession.requests;
    if (expected.errors !== undefined) counts.withErrors += 1;
    if (truth !== undefined) counts.oracleCases += 1;
    if (wrong !== undefined) counts.stockWrong += 1;
    if (expected.data === undefined) counts.stockGaveUp += 1;
  }
  const stockWrong = wrong === undefined ? {} : { stockWrong: `stock: ${wrong}` };
  if (contender === undefined) return stockWrong;
  const session = subgraphs.begin(faults);
  const actual = await answerOf(contender, request);
  if (counts !== undefined) counts.requests.contender += session.requests;
  const differs = difference(expected, actual, rule);
  const passedOver =
    (skipGivenUp && expected.data === undefined) ||
    (skipListForObject && faults.some((fault) => isListForObject(composed, fault)));
  if (differs === undefined || passedOver) return stockWrong;
  const isRight = truth !== undefined && differenceFromOracle(truth, actual) === undefined;
  return wrong !== undefined && isRight
    ? stockWrong
    : { ...stockWrong, finding: `${contender.name}: ${differs}` };
}

function isListForObject({ world }: ComposedWorld, fault: Fault): boolean {
  if (fault.level !== 'field' || fault.kind !== 'wrong' || !Array.isArray(fault.value)) return false;
  const type = fieldNamed(world, fault.type, fault.field)?.type;
  return type !== undefined && !('of' in type);
}

/** A contender that throws has an answer too: one that nobody else gives. */
async function answerOf(contender: Contender, request: ClientRequest): Promise<Answer> {
  try {
    return await contender.run(request);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      errors: [{ message, path: ['thrown', contender.name, message], extensions: { code: 'THROWN' } }],
    };
  }
}

async function explain(arena: Arena, trial: Trial, reason: string): Promise<Omit<Finding, 'seed'>> {
  const head = reason.split('\n')[0];
  const smallest = await shrink(arena.composed.served.api, trial, async (candidate) => {
    const again = arena.reasonOf(await compareOnce(arena, candidate));
    return again !== undefined && again.split('\n')[0] === head;
  });
  const last = arena.reasonOf(await compareOnce(arena, smallest)) ?? reason;
  return { reason: last, text: await describe(arena, smallest, last) };
}

async function describe(arena: Arena, { request, faults }: Trial, reason: string): Promise<string> {
  const { composed, subgraphs, stock, contender, oracle } = arena;
  const schemas = [...composed.schemas].map(
    ([name, sdl]) => `# ${name}\n${sdl.split('\n').slice(2).join('\n')}`,
  );
  subgraphs.begin(faults);
  const answers: [string, Answer][] = [['stock', await answerOf(stock, request)]];
  if (contender !== undefined) {
    subgraphs.begin(faults);
    answers.push([contender.name, await answerOf(contender, request)]);
  }
  if (faults.every((fault) => oracleKnows(composed, fault))) {
    answers.push(['monolith', await oracle.run(request, faults)]);
  }
  return [
    reason,
    `SEED=${composed.world.seed.split('#')[0]}`,
    ...schemas,
    `# operation${request.operationName === undefined ? '' : ` ${request.operationName}`}\n${request.query}`,
    `# variables\n${JSON.stringify(request.variables)}`,
    `# faults\n${describeFaults(faults)}`,
    ...answers.map(([name, answer]) => `# ${name}\n${JSON.stringify(answer)}`),
  ].join('\n\n');
}

function describeFaults(faults: readonly Fault[]): string {
  return faults.length === 0 ? 'none' : faults.map((fault) => JSON.stringify(fault)).join('\n');
}
