import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultTarget, Form, Way } from './fault.ts';

const AWAY_MS: Readonly<Record<Form, number>> = { brief: 3_500, normal: 15_000, long: 60_000 };
const BETWEEN_MS: Readonly<Record<Form, number>> = { brief: 500, normal: 2_000, long: 2_000 };
const LOST_SHARE = 0.3;

type Link = Way['nats'];

/** Takes NATS, then PostgreSQL, then both from the first replica, while the second one goes on. */
async function partitionFirst(
  { ways, form }: FaultTarget,
  part: (link: Link) => Promise<void> | void,
  mend: (link: Link) => Promise<void>,
): Promise<void> {
  const [way] = ways;
  if (way === undefined) throw new Error('The replicas reach their servers directly.');
  const both = [way.nats, way.postgres];
  for (const links of form === 'brief' ? [both] : [[way.nats], [way.postgres], both]) {
    for (const link of links) await part(link);
    await pause(AWAY_MS[form]);
    for (const link of links) await mend(link);
    await pause(BETWEEN_MS[form]);
  }
}

/** All replicas lose both servers at once, and no connection of before is ever answered again. */
async function forgetAll({ ways, form }: FaultTarget): Promise<void> {
  const links = ways.flatMap(({ nats, postgres }) => [nats, postgres]);
  for (const link of links) link.stall();
  await pause(AWAY_MS[form]);
  await Promise.all(links.map((link) => link.mendForNewcomers()));
}

/** Every second each link loses all of its connections with this probability; new ones are let through at once. */
async function loseConnections({ ways, form, remark }: FaultTarget): Promise<void> {
  let losses = 0;
  for (const until = performance.now() + AWAY_MS[form]; performance.now() < until; ) {
    for (const link of ways.flatMap(({ nats, postgres }) => [nats, postgres])) {
      if (Math.random() > LOST_SHARE) continue;
      await link.cut();
      await link.mend();
      losses += 1;
    }
    await pause(1_000);
  }
  remark(`links were lost ${losses} times`);
}

/** Faults of the network between replicas and servers. */
export const PARTITION_FAULTS: readonly Fault[] = [
  {
    id: 'E18',
    title: 'a replica cut off from NATS, from PostgreSQL, from both',
    proxied: true,
    inject: (target) =>
      partitionFirst(
        target,
        (link) => link.cut(),
        (link) => link.mend(),
      ),
  },
  {
    id: 'E18b',
    title: 'the same half-open: nothing answers, then all goes on',
    proxied: true,
    inject: (target) =>
      partitionFirst(
        target,
        (link) => link.stall(),
        (link) => link.mend(),
      ),
  },
  {
    id: 'E18c',
    title: 'all connections of all replicas half-open for good',
    proxied: true,
    inject: forgetAll,
  },
  {
    id: 'E17b',
    title: '30 % of the links of replicas lose their connections every second',
    proxied: true,
    inject: loseConnections,
  },
];
