/**
 * `npm run chaos`: breaks a small service and its servers in every way we know while clients write to it, and compares
 * what they were told with what is there; see docs/chaos.md. `--long` for the long form, `--only E6,E9` for some rows.
 * The exit code is 1 when anything was lost or came twice.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MESSAGE_FAULTS } from '../chaos/message-faults.ts';
import { PROCESS_FAULTS } from '../chaos/process-faults.ts';
import { type FaultResult, runFault } from '../chaos/run-fault.ts';
import { SERVER_FAULTS } from '../chaos/server-faults.ts';
import { startServers } from '../chaos/servers.ts';
import { isSound, printTable } from '../chaos/table.ts';
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
    options: { long: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const only = values.only?.split(',');
  const faults = [...PROCESS_FAULTS, ...SERVER_FAULTS, ...MESSAGE_FAULTS].filter(({ id, longOnly }) =>
    only === undefined ? values.long || longOnly !== true : only.includes(id),
  );
  const lock = join(CHECKOUT_STATE_DIR, 'chaos.lock');
  await withLock(
    lock,
    () => runAll(faults, values.long),
    () => say('Waiting for another run to finish …'),
  );
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function runAll(faults: readonly (typeof SERVER_FAULTS)[number][], long: boolean): Promise<void> {
  const servers = await startServers(say, stopping.signal);
  const results: FaultResult[] = [];
  try {
    for (const fault of faults) {
      if (stopping.signal.aborted) break;
      say(`${fault.id} ${fault.title} …`);
      const result = await runFault(servers, fault, { long });
      for (const finding of result.findings) say(`  ${finding}`);
      results.push(result);
    }
  } finally {
    await servers.remove();
  }
  say(`\n${printTable(results, servers.versions)}`);
  process.exitCode = results.length === faults.length && results.every(isSound) ? 0 : 1;
}
