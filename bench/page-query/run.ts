/**
 * `node bench/page-query/run.ts`: how long the page query (operations/meeting-page.graphql) takes through the gateway
 * over the six subgraphs it crosses: loopback, warm, one request at a time and four at a time. It starts a system of its
 * own; the servers' URLs come from the environment (see scripts/servers.ts).
 */
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { z } from 'zod';
import { startIsolatedPlatform } from '../../e2e/stack/isolated-platform.ts';
import { signInToDemo } from '../../scripts/demo/demo-account.ts';
import { createDemoClient, type DemoClient } from '../../scripts/demo/demo-client.ts';
import { runMeeting } from '../../scripts/demo/run-meeting.ts';

const WARM_UP_REQUESTS = 200;
const MEASURED_REQUESTS = 400;

const isolated = await startIsolatedPlatform({ '*': { LOG_LEVEL: 'warn' } });
try {
  const client = createDemoClient(isolated.platform.gatewayUrl);
  await signInToDemo(client, isolated.stateDir);
  const meetingId = await prepareMeeting(client);
  const ask = async (): Promise<number> => {
    const startedAt = performance.now();
    await client.run(
      'meeting-page',
      { id: meetingId },
      z.object({ meeting: z.object({ title: z.string() }) }),
    );
    return performance.now() - startedAt;
  };
  await repeat(ask, WARM_UP_REQUESTS, 4);
  console.log(
    `\npage query, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${MEASURED_REQUESTS} requests, ms`,
  );
  for (const concurrency of [1, 4]) {
    const startedAt = performance.now();
    const times = await repeat(ask, MEASURED_REQUESTS, concurrency);
    const perSecond = (1000 * MEASURED_REQUESTS) / (performance.now() - startedAt);
    console.log(
      `  ${concurrency} at a time: p50 ${quantile(times, 0.5)}, p95 ${quantile(times, 0.95)}, p99 ${quantile(times, 0.99)}, ${perSecond.toFixed(0)} requests/s`,
    );
  }
  client.close();
} finally {
  await isolated.remove();
}

/** The Korean sample with its minutes, and a todo for every action item. */
async function prepareMeeting(client: DemoClient): Promise<string> {
  const file = new URL('../../samples/app-release.ko.vtt', import.meta.url);
  const bytes = new Uint8Array(await readFile(file));
  const { meetingId, minutesId } = await runMeeting(client, { name: 'app-release.ko.vtt', bytes });
  const item = z.object({ id: z.string() });
  const data = z.object({ minutes: z.object({ actionItems: z.array(item) }) });
  const { minutes } = await client.run('minutes', { id: minutesId }, data);
  for (const { id } of minutes.actionItems) {
    await client.run('review-item', { itemId: id, review: 'ACCEPTED' }, z.unknown());
  }
  return meetingId;
}

async function repeat(ask: () => Promise<number>, count: number, concurrency: number): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      times.push(await ask());
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], q: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0).toFixed(1);
}
