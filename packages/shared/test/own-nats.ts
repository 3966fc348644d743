import { copyFile, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CHECKOUT_STATE_DIR } from '../../../scripts/infra/infrastructure.ts';
import { natsServer, natsUrl } from '../../../scripts/infra/nats.ts';
import { ensureServer, stopServer } from '../../../scripts/infra/server-process.ts';

const CUT_OFF_BYTES = 100;

/** A nats-server that nobody else uses, to be broken. */
export interface OwnNats extends AsyncDisposable {
  readonly url: string;
  /** Where JetStream keeps its streams. */
  readonly store: string;
  readonly stop: () => Promise<void>;
  /** Ends it by SIGKILL; resolves once it is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again at its old address. */
  readonly restart: () => Promise<void>;
}

/** Starts a nats-server; `NATS_SERVER` in the environment names the program to use. */
export async function startOwnNats(): Promise<OwnNats> {
  const stateDir = await mkdtemp(join(tmpdir(), 'hoerok-nats-'));
  const program = process.env['NATS_SERVER'];
  const serversDir = join(program === undefined ? CHECKOUT_STATE_DIR : stateDir, 'servers');
  if (program !== undefined) {
    await mkdir(join(serversDir, 'nats-server'), { recursive: true });
    await copyFile(program, join(serversDir, 'nats-server', 'nats-server'));
  }
  await mkdir(join(stateDir, 'run'));
  const spec = natsServer(stateDir, serversDir, () => undefined);
  const { port } = await ensureServer(spec, stateDir);
  const stop = (): Promise<void> => stopServer(spec, stateDir);
  return {
    url: natsUrl(stateDir, port),
    store: join(stateDir, 'nats', 'jetstream'),
    stop,
    kill: () => stopServer({ name: 'nats', stopSignal: 'SIGKILL' }, stateDir),
    restart: async () => {
      await ensureServer(spec, stateDir);
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/**
 * Cuts off the end of the newest block of a stream, and flips a bit in its middle if told so; the server must be down.
 * @throws Error when the stream has no blocks
 */
export async function damageStream(
  store: string,
  stream: string,
  { flip }: { readonly flip: boolean },
): Promise<void> {
  const blocks: string[] = [];
  for await (const file of glob(`**/streams/${stream}/msgs/*.blk`, { cwd: store }))
    blocks.push(join(store, file));
  const numberOf = (file: string): number => Number.parseInt(basename(file), 10);
  const newest = blocks.toSorted((a, b) => numberOf(b) - numberOf(a))[0];
  if (newest === undefined) throw new Error(`The stream ${stream} has no blocks in ${store}.`);
  const bytes = await readFile(newest);
  // In a payload, which is JSON: only the checksum tells of it.
  const middle = bytes.indexOf('{', Math.floor(bytes.length / 2));
  if (flip) bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(newest, bytes.subarray(0, -CUT_OFF_BYTES));
}
