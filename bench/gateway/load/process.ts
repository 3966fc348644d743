/** The clients, in a process of their own. It serves the process that started it: one {@link LoadOrder} at a time. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createMessageReader } from '../wire/messages.ts';

/** What is to be asked. */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly body: string;
  /** How long the body of every answer has to be. */
  readonly answerBytes: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Whose CPU time is read when the measuring begins and ends. */
  readonly pid: number;
}

/** What came of it. */
export interface LoadReport {
  /** Answered while measuring. */
  readonly answered: number;
  readonly seconds: number;
  /** All requests, those of the warm-up and those under way at the end among them. */
  readonly sent: number;
  /** Answers that were not 200, or longer or shorter than they had to be. */
  readonly failed: number;
  /** CPU time of the gateway while measuring, with all its threads. */
  readonly cpuMs: number;
  /** How long its main thread was ready to run while something else had the core. */
  readonly waitedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());

async function run(order: LoadOrder): Promise<LoadReport> {
  const { port, path, body, answerBytes, connections, warmUpMs, measureMs, pid } = order;
  const headStart = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nauthorization: Bearer bench-`;
  const headEnd = `\r\n\r\n${body}`;
  const times: number[] = [];
  let sent = 0;
  let failed = 0;
  let measuring = false;
  let stopping = false;
  const client = (number: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let startedAt = 0;
      let own = 0;
      const ask = (): void => {
        sent += 1;
        own += 1;
        startedAt = performance.now();
        socket.write(`${headStart}${number}-${own}${headEnd}`);
      };
      socket.setNoDelay(true);
      socket.once('connect', ask);
      socket.once('error', reject);
      socket.once('close', () =>
        stopping ? resolve() : reject(new Error('The gateway closed a connection.')),
      );
      socket.on(
        'data',
        createMessageReader((head, answer) => {
          if (!head.startsWith('HTTP/1.1 200') || answer.length !== answerBytes) failed += 1;
          if (measuring) times.push(performance.now() - startedAt);
          if (stopping) socket.end();
          else ask();
        }),
      );
    });
  const clients = Array.from({ length: connections }, (_, number) => client(number));
  const ended = Promise.all(clients);
  await Promise.race([ended, pause(warmUpMs)]);
  measuring = true;
  const startedAt = performance.now();
  const before = readTimes(pid);
  await Promise.race([ended, pause(measureMs)]);
  measuring = false;
  const after = readTimes(pid);
  const seconds = (performance.now() - startedAt) / 1_000;
  stopping = true;
  await ended;
  times.sort((a, b) => a - b);
  const quantile = (q: number): number =>
    times[Math.min(times.length - 1, Math.floor(q * times.length))] ?? 0;
  return {
    answered: times.length,
    seconds,
    sent,
    failed,
    cpuMs: after.cpuMs - before.cpuMs,
    waitedMs: after.waitedMs - before.waitedMs,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  };
}

/** What a process has used and waited for since it began; NaN where the system has no /proc. */
function readTimes(pid: number): { readonly cpuMs: number; readonly waitedMs: number } {
  const [, waitedNs] = read(`/proc/${pid}/schedstat`).split(' ');
  // Of each thread in nanoseconds; /proc/<pid>/stat counts in ticks of 10 ms.
  const threads = list(`/proc/${pid}/task`).map((id) => read(`/proc/${pid}/task/${id}/schedstat`));
  const usedNs = threads.reduce((sum, line) => sum + Number(line.split(' ')[0]), 0);
  return { cpuMs: threads.length === 0 ? Number.NaN : usedNs / 1e6, waitedMs: Number(waitedNs) / 1e6 };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
