/**
 * One subgraph fails in every way, and nobody misses anything but its own fields. Each row asks 40 times a second what
 * only a healthy subgraph knows, and 10 times a second what both know.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Experiment, Outcome } from '../experiment.ts';
import type { Weather } from '../fault-proxy.ts';
import type { Form } from '../fault.ts';
import type { BreakableServers } from '../servers.ts';
import { BOTH, WELL } from './graph.ts';
import { DEADLINE_MS, type Scene, setScene } from './scene.ts';
import {
  answerOf,
  type Asked,
  askSteadily,
  isWhole,
  percentile,
  type SteadyLoad,
  untilWhole,
} from './steady-load.ts';
import { holdingOf, watchHolding } from './usage.ts';

const PER_SECOND = 50;
const BOTH_EVERY = 5;
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

/** When a fault of a stage was there. */
interface Span {
  readonly stage: Stage;
  readonly from: number;
  readonly to: number;
  readonly backMs: number | null;
  /** Fetches that reached the subgraph's way meanwhile. */
  readonly fetches: number;
}

async function runStages(
  servers: BreakableServers,
  name: string,
  stages: readonly Stage[],
  form: Form,
): Promise<Outcome> {
  await using scene = await setScene(servers, name);
  const [gateway] = scene.gateways;
  if (gateway === undefined) throw new Error('There is no gateway.');
  const authorizations = await scene.authorizations(100);
  const question = (n: number, both: boolean) => ({
    kind: both ? 'both' : 'well',
    query: both ? BOTH : WELL,
    authorization: authorizations[n % authorizations.length] ?? '',
  });
  await using load = askSteadily(gateway.url, PER_SECOND, (n) => question(n, n % BOTH_EVERY === 0));
  const { pid } = gateway.child();
  await pause(WARM_MS);
  const before = holdingOf(pid);
  using watched = watchHolding(() => pid);
  const spans: Span[] = [];
  for (const stage of stages) {
    const [from, fetched] = [performance.now(), scene.rooms.way.requests()];
    await stage.inflict(scene);
    await pause(HELD_MS[form]);
    const [to, fetches] = [performance.now(), scene.rooms.way.requests() - fetched];
    await stage.heal(scene);
    const backMs = await untilWhole(gateway.url, question(0, true), 2 * BACK_WITHIN_MS);
    spans.push({ stage, from, to, backMs, fetches });
  }
  await pause(WARM_MS / 2);
  const asked = await load.stop();
  const most = watched.stop();
  const findings = gateway.child().pid === pid ? [] : ['the gateway did not survive'];
  if (most.rssMiB - before.rssMiB > MORE_MIB)
    findings.push(`the gateway held ${Math.round(most.rssMiB - before.rssMiB)} MiB more than before`);
  if (most.descriptors - before.descriptors > MORE_DESCRIPTORS)
    findings.push(`the gateway held ${most.descriptors - before.descriptors} descriptors more than before`);
  const held = `at most ${Math.round(most.rssMiB - before.rssMiB)} MiB and ${most.descriptors - before.descriptors} descriptors more than before`;
  return judge(asked, spans, { findings, remarks: [held] });
}

/** Those asked while the fault was there. */
function during(asked: readonly Asked[], { from, to }: Pick<Span, 'from' | 'to'>): Asked[] {
  return asked.filter(({ at }) => at >= from && at < to);
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
  const wells = asked.filter(({ question }) => question.kind === 'well');
  const p99 = (span: Pick<Span, 'from' | 'to'>): string =>
    percentile(
      during(wells, span).map(({ ms }) => ms),
      0.99,
    ).toFixed(0);
  const quiet = { from: 0, to: spans[0]?.from ?? 0 };
  const remarks = [...said.remarks, `p99 of queries to the other subgraph before: ${p99(quiet)} ms`];
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
      `${span.stage.name}: p99 ${p99(span)} ms; ${partial.length} of ${both.length} partial, ${span.fetches} fetches, ${atOnce} failed at once, back after ${Math.round(span.backMs ?? Number.NaN)} ms`,
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

const experiment = (id: string, title: string, stages: readonly Stage[]): Experiment => ({
  id,
  title,
  run: async (servers, form) => await runStages(servers, `chaos_${id.toLowerCase()}`, stages, form),
});

/** Lost are answers that lack more than the fields of the faulty subgraph, or tell too much. */
export const SUBGRAPH_FAULTS: readonly Experiment[] = [
  experiment('E14', 'kill -9 of a subgraph', [KILLED]),
  experiment('E15', 'a subgraph 300 ms late, 3 s late, silent', [
    weather('300 ms late', { kind: 'slow', latencyMs: 300 }, { isHarmless: true }),
    weather('3 s late', { kind: 'slow', latencyMs: 3_000 }, { opensCircuit: true }),
    weather('silent', { kind: 'silent' }, { opensCircuit: true }),
  ]),
  experiment('E16', 'a subgraph cuts answers off, answers garbage, a page of HTML, a gzip bomb', [
    weather('reset after 40 bytes', { kind: 'broken', afterBytes: 40 }),
    weather('garbage', { kind: 'answering', fault: 'garbage' }),
    weather('HTML', { kind: 'answering', fault: 'html' }),
    weather('gzip bomb', { kind: 'answering', fault: 'bomb' }),
    weather('endless answer', { kind: 'answering', fault: 'endless' }),
  ]),
];
