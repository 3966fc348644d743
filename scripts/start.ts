/**
 * `npm start [-- FILE] [--once]`: brings up the servers, the subgraphs and the gateway, makes minutes of FILE (or of a
 * bundled sample), prints them, and stays up until Ctrl-C. `--once` stops after the minutes.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { HoerokError } from '@hoerok/client';
import { type DemoAccount, signInToDemo } from './demo/demo-account.ts';
import { createDemoClient } from './demo/demo-client.ts';
import { printMinutes } from './demo/print-minutes.ts';
import { type CaptionFile, runMeeting } from './demo/run-meeting.ts';
import { CHECKOUT_STATE_DIR, startInfrastructure } from './infra/infrastructure.ts';
import { freePort } from './infra/ports.ts';
import { SetupError } from './infra/setup-error.ts';
import { onOrphaned } from './parent-watch.mjs';
import { type RunningPlatform, startPlatform } from './platform/platform.ts';
import { REPOSITORY } from './supergraph/supergraph-config.ts';

const DEFAULT_PORT = 4000;
const MAX_FILE_BYTES = 20 * 1024 * 1024;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
onOrphaned(() => stopping.abort());

try {
  const { file, once } = readArguments();
  const captions = await readCaptions(file);
  const gatewayPort = await choosePort(process.env['PORT']);
  await run({ captions, gatewayPort, once });
} catch (error) {
  // These say what to do; anything else is a bug, and its stack helps whoever mends it.
  const isForPeople = error instanceof SetupError || error instanceof HoerokError;
  console.error(`\n${isForPeople ? error.message : inspect(error)}`);
  process.exitCode = 1;
}

function readArguments(): { file: string | undefined; once: boolean } {
  try {
    const options = { once: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    if (positionals.length <= 1) return { file: positionals[0], once: values.once };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new SetupError('Use it as "npm start", "npm start -- FILE" or "npm start -- FILE --once".');
}

async function run(job: { captions: CaptionFile; gatewayPort: number; once: boolean }): Promise<void> {
  const startedAt = performance.now();
  const log = (line: string): void => console.log(`  ${line}`);
  console.log('Hoerok 회록');
  const servers = await startInfrastructure({ log, signal: stopping.signal });
  let platform: RunningPlatform | undefined;
  try {
    log('Starting the subgraphs and the gateway …');
    platform = await startPlatform({ servers, gatewayPort: job.gatewayPort });
    log(`Ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n`);
    const account = await makeMinutes(platform.gatewayUrl, job.captions);
    if (!job.once) await stayUp(platform, account);
  } finally {
    if (!job.once) console.log('\nStopping …');
    await platform?.stop();
    await servers.stop();
  }
}

async function makeMinutes(gatewayUrl: string, captions: CaptionFile): Promise<DemoAccount> {
  const client = createDemoClient(gatewayUrl);
  try {
    const account = await signInToDemo(client, CHECKOUT_STATE_DIR);
    const { minutesId } = await Promise.race([runMeeting(client, captions), stopped()]);
    await printMinutes(client, minutesId);
    return account;
  } finally {
    client.close();
  }
}

/** Waits for Ctrl-C, or for a service that ends by itself. */
async function stayUp(platform: RunningPlatform, account: DemoAccount): Promise<void> {
  const { gatewayUrl } = platform;
  console.log(`Sandbox    ${gatewayUrl}/          (needs the internet)
GraphiQL   ${gatewayUrl}/graphiql  (works without)
GraphQL    ${gatewayUrl}/graphql
WebSocket  ${gatewayUrl.replace('http', 'ws')}/graphql
Health     ${gatewayUrl}/health/readiness
Account    ${account.email}  ${account.password}
Logs       .hoerok/log

Ctrl-C stops everything.`);
  const ends = platform.processes.map(async ({ name, exited }) => {
    await exited;
    if (!stopping.signal.aborted)
      throw new SetupError(`The service "${name}" has ended by itself; see .hoerok/log/${name}.log.`);
  });
  await Promise.race([...ends, stopped().catch(() => undefined)]);
}

function stopped(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const refuse = (): void => reject(new SetupError('Stopped.'));
    if (stopping.signal.aborted) refuse();
    stopping.signal.addEventListener('abort', refuse, { once: true });
  });
}

async function readCaptions(path: string | undefined): Promise<CaptionFile> {
  const file = path ?? defaultSample();
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile())
    throw new SetupError(`There is no file ${path}; give the path of a VTT, SRT, JSON or text file.`);
  if (found.size > MAX_FILE_BYTES) {
    throw new SetupError(
      `${path} is larger than 20 MiB; captions of a whole day are smaller. Is it the recording?`,
    );
  }
  return {
    name: basename(file instanceof URL ? file.pathname : file),
    bytes: new Uint8Array(await readFile(file)),
  };
}

function defaultSample(): URL {
  const korean = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ko');
  return new URL(korean ? 'samples/app-release.ko.vtt' : 'samples/release-sync.en.vtt', REPOSITORY);
}

/** PORT must be free; without it the default or, when that is taken, any other. */
async function choosePort(wanted: string | undefined): Promise<number> {
  if (wanted === undefined) return await freePort(DEFAULT_PORT);
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new SetupError(`PORT=${wanted} is no port; use 1 to 65535.`);
  if ((await freePort(port)) !== port)
    throw new SetupError(`Port ${port} is taken; stop what uses it or start with another PORT.`);
  return port;
}
