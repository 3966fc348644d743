import { setTimeout as pause } from 'node:timers/promises';
import { type Kind, KINDS, type Scene } from './kinds.ts';

/** What came of the actions of one kind. */
export interface KindResult {
  readonly name: string;
  /** Milliseconds from when each was due to its answer, sorted. */
  readonly times: readonly number[];
  /** Codes or messages of what went wrong. */
  readonly errors: readonly string[];
  /** Codes of what the platform refused. */
  readonly refusals: readonly string[];
}

/** What came of one step. */
export interface StepResult {
  /** Actions due each second. */
  readonly rate: number;
  readonly seconds: number;
  readonly kinds: readonly KindResult[];
  /** Most actions that were under way at once. */
  readonly mostUnderWay: number;
}

/** Beyond this many the step is lost: the clients would only queue. */
const MOST_UNDER_WAY = 2_000;

interface Tally {
  readonly times: number[];
  readonly errors: string[];
  readonly refusals: string[];
}

/**
 * Lets actions begin at a rate, whether or not earlier ones are answered, at random moments as people do. An action counts
 * from when it was due: what waits for a client that is late has waited.
 */
export async function drive(
  scene: Scene,
  step: { readonly rate: number; readonly seconds: number },
  kinds: readonly Kind[] = KINDS,
): Promise<StepResult> {
  const tallies = new Map(kinds.map(({ name }) => [name, newTally()]));
  const underWay = new Set<Promise<void>>();
  let mostUnderWay = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + step.seconds * 1_000;
  for (let dueAt = startedAt; dueAt < endsAt; dueAt += gapMs(step.rate, scene.random)) {
    const early = dueAt - performance.now();
    if (early > 1) await pause(early);
    const kind = weighted(kinds, scene.random);
    const tally = tallies.get(kind.name) ?? newTally();
    if (underWay.size >= MOST_UNDER_WAY) {
      tally.errors.push('NOT_SENT');
      continue;
    }
    const action: Promise<void> = act(scene, kind, { dueAt, tally }).finally(() => underWay.delete(action));
    underWay.add(action);
    mostUnderWay = Math.max(mostUnderWay, underWay.size);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await Promise.all(underWay);
  const results = [...tallies].map(([name, { times, errors, refusals }]) => {
    return { name, times: times.sort((a, b) => a - b), errors, refusals };
  });
  return { rate: step.rate, seconds, kinds: results, mostUnderWay };
}

async function act(
  scene: Scene,
  kind: Kind,
  { dueAt, tally }: { readonly dueAt: number; readonly tally: Tally },
): Promise<void> {
  try {
    const refusals = await kind.act(scene);
    if (refusals === null) return;
    tally.refusals.push(...refusals);
    tally.times.push(performance.now() - dueAt);
  } catch (error) {
    tally.errors.push(error instanceof Error ? error.message : String(error));
  }
}

function newTally(): Tally {
  return { times: [], errors: [], refusals: [] };
}

/** Exponential: arrivals of many people who do not know of each other. */
function gapMs(rate: number, random: () => number): number {
  return (-Math.log(1 - random()) * 1_000) / rate;
}

function weighted(kinds: readonly Kind[], random: () => number): Kind {
  let left = random() * kinds.reduce((sum, { share }) => sum + share, 0);
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  const last = kinds.at(-1);
  if (last === undefined) throw new Error('There is nothing to do.');
  return last;
}

/** A share of sorted values. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The times of all kinds, sorted. */
export function allTimes({ kinds }: StepResult): number[] {
  return kinds.flatMap(({ times }) => times).sort((a, b) => a - b);
}

/** Share of the actions that were not answered as they should have been. */
export function errorRate({ kinds }: StepResult): number {
  const failed = kinds.reduce((sum, { errors }) => sum + errors.length, 0);
  return failed / Math.max(1, failed + kinds.reduce((sum, { times }) => sum + times.length, 0));
}
