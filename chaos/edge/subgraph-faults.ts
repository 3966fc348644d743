/**
 * One subgraph fails in every way, and nobody misses anything but its own fields. Each row asks 40 times a second what
 * only a healthy subgraph knows, and 10 times a second what both know.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Experiment, Outcome } from '../experiment.ts';
import type { Weather } from '../fault-proxy.ts';
import type { Form } from '../fault.ts';
import type { BreakableServers } from '../servers.ts';
import { compareP99, ROUNDS, tellComparison, type Comparison } from './beside.ts';
import { BOTH, WELL } from './graph.ts';
import { DEADLINE_MS, type Scene, setScene } from './scene.ts';
import {
  answerOf,
  ask,
  type Asked,
  askSteadily,
  isWhole,
  type SteadyLoad,
  untilWhole,
} from './steady-load.ts';
import { holdingOf, watchHolding } from './usage.ts';

const PER_SECOND = 50;
const BOTH_EVERY = 5;
/** Asked one after the other before the load: a gateway that has just started must not be taken for a slow one. */
const WARM_UP = 50;
const WARM_MS = 2_000;
const HELD_MS: Readonly<Record<Form, number>> = { brief: 1_500, normal: 5_000, long: 20_000 };
/** What the gateway may take beyond its deadline, on a machine that does other things too. */
const MARGIN_MS = 1_000;
/** The bar for the subgraph's fields to be back. */
const BACK_WITHIN_MS = 5_000;
/** What a gateway may hold beyond what it held before: answers are capped at four times 32 MiB. */
const MORE_MIB = 300;
/** Connections of one subgraph, those of the load, and some. */
const MORE_DESCRIPTORS = 600;
/** Whoever waits for a silent subgraph waits longer: the circuit is open. */
const AT_ONCE_MS = DEADLINE_MS / 2;
const CODES = ['TIMEOUT', 'TOO_LARGE', 'UNAVAILABLE'];
/** Nothing of where and how a subgraph failed may be told. */
const TOLD_TOO_MUCH = /127\.0\.0\.1|localhost|ECONN|EPIPE|socket|undici|html|gzip|stack|rooms/i;

/** What happens to the subgraph, and how it ends. */
interface Stage {
  readonly name: string;
  /** Whether its answers are only late. */
  readonly isHarmless?: boolean;
  /** Whether its circuit has to be open once this has lasted for two deadlines. */
  readonly opensCircuit?: boolean;
  readonly inflict: (scene: Scene) => Promise<void> | void;
  readonly heal: (scene: Scene) => Promise<void> | void;
}

const weather = (name: string, now: Weather, more: Partial<Stage> = {}): Stage => ({
  name,
  ...more,
  inflict: ({ rooms }) => rooms.way.change(now),
  heal: ({ rooms }) => rooms.way.change({ kind: 'clear' }),
});

const KILLED: Stage = {
  name: 'killed',
  inflict: async ({ rooms }) => await rooms.kill(),
  heal: async ({ rooms }) => await rooms.start(),
};

/** A time on the clock of `performance.now()`. */
interface Time {
  readonly from: number;
  readonly to: number;
}

/** When a fault of a stage was there. */
interface Span extends Time {
  readonly stage: Stage;
  /** Before and after it. */
  readonly calm: readonly Time[];
  readonly backMs: number | null;
  /** Fetches that reached the subgraph's way meanwhile. */
  readonly fetches: number;
}

/** A row of this file. */
interface Row {
  readonly id: string;
  readonly title: string;
  readonly stages: readonly Stage[];
  /** Whether whoever asks the other subgraph must not notice. */
  readonly sparesOthers: boolean;
}

async function runStages(
  servers: BreakableServers,
  { id, stages, sparesOthers }: Row,
  form: Form,
): Promise<Outcome> {
  await using scene = await setScene(servers, `chaos_${id.toLowerCase()}`);
  const [gateway] = scene.gateways;
  if (gateway === undefined) throw new Error('There is no gateway.');
  const authorizations = await scene.authorizations(100);
  const question = (n: number, both: boolean) => ({
    kind: both ? 'both' : 'well',
    query: both ? BOTH : WELL,
    authorization: authorizations[n % authorizations.length] ?? '',
  });
  for (let n = 0; n < WARM_UP; n += 1) await ask(gateway.url, question(n, n % BOTH_EVERY === 0));
  await using load = askSteadily(gateway.url, PER_SECOND, (n) => question(n, n % BOTH_EVERY === 0));
  const { pid } = gateway.child();
  await pause(WARM_MS);
  const atFirst = holdingOf(pid);
  using watched = watchHolding(() => pid);
  const spans: Span[] = [];
  const keepCalm = async (): Promise<Time> => {
    const from = performance.now();
    await pause(HELD_MS[form]);
    return { from, to: performance.now() };
  };
  let before = await keepCalm();
  const suffer = async (stage: Stage): Promise<Span> => {
    const [from, fetched] = [performance.now(), scene.rooms.way.requests()];
    await stage.inflict(scene);
    await pause(HELD_MS[form]);
    const [to, fetches] = [performance.now(), scene.rooms.way.requests() - fetched];
    await stage.heal(scene);
    const backMs = await untilWhole(gateway.url, question(0, true), 2 * BACK_WITHIN_MS);
    const after = await keepCalm();
    const calm = [before, after];
    before = after;
    return { stage, from, to, calm, backMs, fetches };
  };
  for (const stage of stages)
    for (let round = 1; round <= ROUNDS; round += 1) {
      const span = await suffer(stage);
      spans.push(span);
      if (!sparesOthers || besideOf(load.asked, span).isMet) break;
    }
  await pause(WARM_MS / 2);
  const asked = await load.stop();
  const most = watched.stop();
  const findings = gateway.child().pid === pid ? [] : ['the gateway did not survive'];
  const [moreMiB, moreDescriptors] = [
    Math.round(most.rssMiB - atFirst.rssMiB),
    most.descriptors - atFirst.descriptors,
  ];
  if (moreMiB > MORE_MIB) findings.push(`the gateway held ${moreMiB} MiB more than before`);
  if (moreDescriptors > MORE_DESCRIPTORS)
    findings.push(`the gateway held ${moreDescriptors} descriptors more than before`);
  if (sparesOthers) findings.push(...noticedByOthers(asked, spans));
  const held = `at most ${moreMiB} MiB and ${moreDescriptors} descriptors more than before`;
  return judge(asked, spans, { findings, remarks: [held] });
}

/** Those asked in a time. */
function during(asked: readonly Asked[], { from, to }: Time): Asked[] {
  return asked.filter(({ at }) => at >= from && at < to);
}

/** What whoever asks the other subgraph notices of a fault. */
function besideOf(asked: readonly Asked[], span: Span): Comparison {
  const times = (time: Time): number[] =>
    during(asked, time)
      .filter(({ question }) => question.kind === 'well')
      .map(({ ms }) => ms);
  return compareP99(span.calm.map(times), times(span));
}

/** The stages of which others noticed something in every round. */
function noticedByOthers(asked: readonly Asked[], spans: readonly Span[]): string[] {
  const byStage = Map.groupBy(spans, ({ stage }) => stage);
  return [...byStage].flatMap(([{ name }, rounds]) => {
    const comparisons = rounds.map((span) => besideOf(asked, span));
    const [last] = comparisons.slice(-1);
    if (last === undefined || comparisons.some(({ isMet }) => isMet)) return [];
    return [`${name}: queries to the other subgraph are slower, ${tellComparison(last)}`];
  });
}

function judge(
  asked: SteadyLoad['asked'],
  spans: readonly Span[],
  said: { readonly findings: readonly string[]; readonly remarks: readonly string[] },
): Outcome {
  const findings = [...said.findings];
  const wrong = asked.map((one) => ({ one, why: faultOf(one) })).filter(({ why }) => why !== undefined);
  for (const { one, why } of wrong.slice(0, 3)) findings.push(`${one.question.kind}: ${why}`);
  const partly = asked.find((one) => !isWhole(one) && faultOf(one) === undefined);
  const slowest = Math.max(...asked.map(({ ms }) => ms));
  if (slowest > DEADLINE_MS + MARGIN_MS) findings.push(`an answer took ${Math.round(slowest)} ms`);
  const remarks = [...said.remarks];
  if (partly !== undefined) remarks.push(`for example ${partly.text}`);
  for (const span of spans) {
    const both = during(asked, span).filter(({ question }) => question.kind === 'both');
    const partial = both.filter((one) => !isWhole(one));
    if (span.stage.isHarmless === true && partial.length > 0)
      findings.push(`${span.stage.name}: ${partial.length} answers without the room`);
    if (span.stage.isHarmless !== true && partial.length === 0)
      findings.push(`${span.stage.name}: no answer was partial, so nothing is proved`);
    if (span.backMs === null || span.backMs > BACK_WITHIN_MS)
      findings.push(`${span.stage.name}: the room was not back within ${BACK_WITHIN_MS} ms`);
    const atOnce = partial.filter(({ ms }) => ms < AT_ONCE_MS).length;
    const hadTime = span.to - span.from > 2 * DEADLINE_MS;
    if (span.stage.opensCircuit === true && hadTime && atOnce === 0)
      findings.push(`${span.stage.name}: nothing failed at once, so the circuit never opened`);
    remarks.push(
      `${span.stage.name}: queries to the other subgraph: ${tellComparison(besideOf(asked, span))}`,
      `${span.stage.name}: ${partial.length} of ${both.length} partial, ${span.fetches} fetches, ${atOnce} failed at once, back after ${Math.round(span.backMs ?? Number.NaN)} ms`,
    );
  }
  const backs = spans.map(({ backMs }) => backMs);
  return {
    accepted: asked.length,
    terminal: asked.length - wrong.length,
    lost: wrong.length,
    duplicated: 0,
    findings,
    recoverySeconds: backs.includes(null) ? null : Math.max(...backs.map(Number)) / 1_000,
    slowestSeconds: slowest / 1_000,
    remarks,
  };
}

/** What is wrong with an answer; undefined when it is whole, or lacks the room alone and says so without a word too much. */
function faultOf(asked: Asked): string | undefined {
  if (isWhole(asked)) return undefined;
  const { data, errors = [] } = answerOf(asked);
  const [error] = errors;
  const isPartial = data?.['me'] != null && data['room'] === null && errors.length === 1;
  if (asked.question.kind !== 'both' || !isPartial || error === undefined)
    return `${asked.status} ${asked.text.slice(0, 200)}`;
  // A failed fetch of root fields has no path in Federation.
  if ((error.path?.join('.') ?? 'room') !== 'room') return `the error is at ${error.path?.join('.')}`;
  if (!CODES.includes(error.extensions?.code ?? '')) return `the code is ${error.extensions?.code}`;
  const told = TOLD_TOO_MUCH.exec(asked.text);
  return told === null ? undefined : `the answer tells "${told[0]}"`;
}

const experiment = (row: Row): Experiment => ({
  ...row,
  run: async (servers, form) => await runStages(servers, row, form),
});

/** Lost are answers that lack more than the fields of the faulty subgraph, or tell too much. */
export const SUBGRAPH_FAULTS: readonly Experiment[] = [
  experiment({ id: 'E14', title: 'kill -9 of a subgraph', stages: [KILLED], sparesOthers: true }),
  experiment({
    id: 'E15',
    title: 'a subgraph 300 ms late, 3 s late, silent',
    stages: [
      weather('300 ms late', { kind: 'slow', latencyMs: 300 }, { isHarmless: true }),
      weather('3 s late', { kind: 'slow', latencyMs: 3_000 }, { opensCircuit: true }),
      weather('silent', { kind: 'silent' }, { opensCircuit: true }),
    ],
    sparesOthers: true,
  }),
  experiment({
    id: 'E16',
    title: 'a subgraph cuts answers off, answers garbage, a page of HTML, a gzip bomb',
    stages: [
      weather('reset after 40 bytes', { kind: 'broken', afterBytes: 40 }),
      weather('garbage', { kind: 'answering', fault: 'garbage' }),
      weather('HTML', { kind: 'answering', fault: 'html' }),
      weather('gzip bomb', { kind: 'answering', fault: 'bomb' }),
      weather('endless answer', { kind: 'answering', fault: 'endless' }),
    ],
    // What a bomb takes to unpack, others wait for.
    sparesOthers: false,
  }),
];
