/**
 * `npm run bench:gateway -- [--short | --long] [--only ours,stock] [--load big] [--rounds n] [--profile]`: our gateway beside
 * stock Apollo Gateway, its peers on Node, and what the machine would allow. See README.md.
 */
import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { withLock } from '../../scripts/lock.mjs';
import type { Contender } from './contenders/contender.ts';
import { CONTENDERS, OURS } from './contenders/contenders.ts';
import { type Load, LOADS } from './graph/loads.ts';
import { findCores } from './pinned.ts';
import { describeProfile } from './profile.ts';
import { describeRows } from './results.ts';
import { measureLoad, type Plan } from './rounds.ts';
import { type BenchSystem, STATE_DIR, startSystem } from './system.ts';

const DEFAULT: Plan = { rounds: 3, firstWarmUpMs: 4_000, warmUpMs: 1_000, measureMs: 5_000 };
const LONG: Plan = { rounds: 5, firstWarmUpMs: 8_000, warmUpMs: 2_000, measureMs: 15_000 };
const SHORT: Plan = { rounds: 1, firstWarmUpMs: 2_000, warmUpMs: 500, measureMs: 2_000 };

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    only: { type: 'string' },
    load: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const sized = flags.long ? LONG : DEFAULT;
const chosen = flags.short ? SHORT : sized;
const rounds =
  flags.rounds === undefined ? chosen.rounds : z.coerce.number().int().min(1).parse(flags.rounds);
const contenders = flags.profile ? [OURS] : pick(CONTENDERS, flags.only);
const loads = pick(LOADS, flags.load ?? (flags.profile ? 'big' : undefined));
await withLock(join(CHECKOUT_STATE_DIR, 'run', 'bench-gateway.lock'), () =>
  main(contenders, loads, { ...chosen, rounds: flags.profile ? 1 : rounds }),
);

async function main(contenders: readonly Contender[], loads: readonly Load[], plan: Plan): Promise<void> {
  for (const contender of contenders) {
    if (contender.install === undefined) continue;
    console.error(`${contender.name}: is it installed?`);
    await contender.install();
  }
  const cores = findCores();
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.version}`,
  );
  console.log(
    cores === null
      ? 'NOT pinned: gateway, clients and subgraphs take cores from each other'
      : `gateway on core ${cores.gateway}, clients on core ${cores.load}, subgraphs on core ${cores.subgraphs}`,
  );
  console.log(
    `median of ${plan.rounds} rounds of ${plan.measureMs / 1_000} s, each request with its own authorization`,
  );
  for (const graph of new Set(loads.map((load) => load.graph))) {
    const system = await startSystem(cores, graph);
    try {
      const inGraph = loads.filter((load) => load.graph === graph);
      const able = contenders.filter(({ isForShopOnly }) => graph === 'shop' || isForShopOnly !== true);
      await measureAll(system, able, { loads: inGraph, plan });
    } finally {
      await system.stop();
    }
  }
}

async function measureAll(
  system: BenchSystem,
  contenders: readonly Contender[],
  { loads, plan }: { readonly loads: readonly Load[]; readonly plan: Plan },
): Promise<void> {
  for (const load of loads) {
    const profileTo = join(STATE_DIR, `${load.key}.cpuprofile`);
    const rows = await measureLoad(system, contenders, {
      load,
      plan,
      ...(flags.profile ? { profileTo } : {}),
    });
    console.log(`\n${load.description}\n${describeRows(rows)}`);
    if (flags.profile) console.log(describeProfile(await readFile(profileTo, 'utf8'), profileTo));
    if (rows.some(({ contender, notes }) => contender === OURS && notes.length > 0)) process.exitCode = 1;
  }
}

/** Those that are named, in their own order; all when none is. @throws Error for a name that there is not */
function pick<T extends { readonly key: string }>(
  all: readonly T[],
  names: string | undefined,
): readonly T[] {
  if (names === undefined) return all;
  const wanted = names.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !all.some(({ key }) => key === name));
  if (unknown !== undefined) {
    throw new Error(`There is no "${unknown}"; there are ${all.map(({ key }) => key).join(', ')}.`);
  }
  return all.filter(({ key }) => wanted.includes(key));
}
