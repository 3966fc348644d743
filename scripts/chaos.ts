/**
 * `npm run chaos`: breaks a small service, gateways, the platform and their servers in every way we know while clients
 * use them, and compares what those were told with what is there; see docs/chaos.md. `--brief` for the form of the tests,
 * `--long` for the long one, `--only E6,E9` for some rows, `--seed 7 --minutes 60` for the soak E32; `--list` names the rows.
 * The exit code is 1 when anything was lost or came twice.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Experiment, Outcome } from '../chaos/experiment.ts';
import { listExperiments } from '../chaos/experiments.ts';
import type { Form } from '../chaos/fault.ts';
import { startServers } from '../chaos/servers.ts';
import { isSound, printTable, type Row } from '../chaos/table.ts';
import { CHECKOUT_STATE_DIR } from './infra/infrastructure.ts';
import { SetupError } from './infra/setup-error.ts';
import { withLock } from './lock.mjs';
import { onOrphaned } from './parent-watch.mjs';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
onOrphaned(() => stopping.abort());
const say = (line: string): void => console.log(line);

try {
  const { values } = parseArgs({
    options: {
      brief: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      only: { type: 'string' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const only = values.only?.split(',');
  const soak = {
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
  };
  const experiments = listExperiments(soak).filter(({ id }) => only === undefined || only.includes(id));
  if (values.list) for (const { id, title } of experiments) say(`${id} ${title}`);
  else
    await withLock(
      join(CHECKOUT_STATE_DIR, 'chaos.lock'),
      () => runAll(experiments, formOf(values)),
      () => say('Waiting for another run to finish …'),
    );
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function formOf({ brief, long }: { readonly brief: boolean; readonly long: boolean }): Form {
  if (brief) return 'brief';
  return long ? 'long' : 'normal';
}

async function runAll(experiments: readonly Experiment[], form: Form): Promise<void> {
  const servers = await startServers('chaos', say, stopping.signal);
  const rows: Row[] = [];
  let skipped = 0;
  try {
    for (const experiment of experiments) {
      if (stopping.signal.aborted) break;
      const obstacle = await experiment.obstacle?.();
      say(`${experiment.id} ${experiment.title} … ${obstacle === undefined ? '' : `skipped: ${obstacle}`}`);
      if (obstacle !== undefined) {
        skipped += 1;
        continue;
      }
      const outcome = await experiment.run(servers, form).catch(brokenOff);
      for (const line of [...outcome.findings, ...outcome.remarks]) say(`  ${line}`);
      rows.push({ experiment, outcome });
    }
  } finally {
    await servers.remove();
  }
  say(`\n${printTable(rows, servers.versions)}`);
  process.exitCode = rows.length + skipped === experiments.length && rows.every(isSound) ? 0 : 1;
}

/** An experiment that could not be carried out proves nothing, and the others go on. */
function brokenOff(error: unknown): Outcome {
  const findings = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  const nothing = { accepted: 0, terminal: 0, lost: 0, duplicated: 0, slowestSeconds: 0, remarks: [] };
  return { ...nothing, findings, recoverySeconds: null };
}
