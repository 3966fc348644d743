/**
 * CPU per request of this checkout's gateway beside that of another checkout, a change and what was before it:
 *
 *     node bench/gateway/paired.ts --before <folder of a checkout> [--load big] [--rounds 12] [--seconds 2]
 *
 * Both run all the time on the same core and are asked in short turns, the order changing with each round, so that
 * whatever else the machine does meets both. What counts is the median of the ratios of neighbours.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Contender } from './contenders/contender.ts';
import { OURS } from './contenders/contenders.ts';
import { type Running, startContender } from './contenders/start.ts';
import { bodyOf, LOADS } from './graph/loads.ts';
import { findCores } from './pinned.ts';
import { STATE_DIR, startSystem } from './system.ts';

const FIRST_WARM_UP_MS = 6_000;
/** Until the gateway notices that it is short of CPU. */
const WARM_UP_MS = 300;

const { values: flags } = parseArgs({
  options: {
    before: { type: 'string' },
    load: { type: 'string', default: 'big' },
    rounds: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '2' },
  },
});

const load = LOADS.find(({ key }) => key === flags.load);
if (load === undefined || flags.before === undefined)
  throw new Error('usage: paired.ts --before <folder> [--load <key>] [--rounds <n>] [--seconds <n>]');
const before: Contender = {
  ...OURS,
  key: 'before',
  name: 'before',
  args: () => ['--max-semi-space-size=64', resolve(flags.before ?? '', 'gateway/src/main.ts')],
};
const cores = findCores();
const system = await startSystem(cores, load.graph);
const started: Running[] = [];
try {
  for (const contender of [before, OURS])
    started.push(
      await startContender(contender, { ...system, core: cores?.gateway, logDir: join(STATE_DIR, 'log') }),
    );
  const [one, other] = started;
  if (one === undefined || other === undefined) throw new Error('two were started');
  const body = bodyOf(load);
  const [expected, answer] = [await one.ask(body, 'Bearer x'), await other.ask(body, 'Bearer x')];
  if (expected !== answer) throw new Error('the two answer differently');
  system.tellSubgraphs({ latencyMs: load.latencyMs });
  const measure = async (running: Running, warmUpMs: number): Promise<{ us: number; perSecond: number }> => {
    const { port, pid, contender } = running;
    const order = { port, pid, path: contender.path, body, answerBytes: Buffer.byteLength(expected) };
    const measureMs = Number(flags.seconds) * 1_000;
    const report = await system.load({ ...order, connections: load.connections, warmUpMs, measureMs });
    if (report.failed > 0) throw new Error(`${report.failed} requests failed`);
    return { us: (1_000 * report.cpuMs) / report.answered, perSecond: report.answered / report.seconds };
  };
  for (const running of started) await measure(running, FIRST_WARM_UP_MS);
  const ratios: number[] = [];
  const costs: number[][] = [[], []];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    const isTurned = round % 2 === 1;
    const first = await measure(isTurned ? other : one, WARM_UP_MS);
    const second = await measure(isTurned ? one : other, WARM_UP_MS);
    const [was, is] = isTurned ? [second, first] : [first, second];
    costs[0]?.push(was.us);
    costs[1]?.push(is.us);
    ratios.push(is.us / was.us);
  }
  const describe = (values: readonly number[] = []): string => median(values).toFixed(0);
  const sorted = ratios.toSorted((a, b) => a - b);
  const quartile = (q: number): string => (sorted[Math.floor(q * (sorted.length - 1))] ?? NaN).toFixed(3);
  console.log(
    `${load.description}: before ${describe(costs[0])} us, now ${describe(costs[1])} us of CPU per request; ` +
      `ratio ${median(ratios).toFixed(3)} (quartiles ${quartile(0.25)} to ${quartile(0.75)}, ${ratios.length} rounds)`,
  );
} finally {
  for (const running of started) await running.stop();
  await system.stop();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
