/**
 * The subgraphs of a graph in one process, each on a port of its own; the argument names the graph. It serves the process that started it: see
 * {@link SubgraphsMessage} and {@link SubgraphsReport}.
 */
import { loadGraph } from '../graph/graphs.ts';
import { listenLean } from '../wire/server.ts';
import { type Answers, createAnswers } from './answers.ts';

/** One request to a subgraph, as it came. */
export interface RecordedFetch {
  /** Index in the graph. */
  readonly subgraph: number;
  readonly body: string;
  /** The header's value, `""` without one. */
  readonly authorization: string;
  /** How many others, one after the other, had been answered before it came. */
  readonly wave: number;
}

/** What the process takes. */
export interface SubgraphsMessage {
  /** Sets how long every subgraph waits before it answers. */
  readonly latencyMs?: number;
  /**
   * Records what comes from now on. `waves` holds answers back until nothing more comes and then gives all at once: what
   * came until then waited for nothing else.
   */
  readonly record?: 'at once' | 'waves';
  /** Asks for a report; counting and recording begin anew. */
  readonly report?: boolean;
}

/** What the process tells: once when it is ready, then when it is asked. */
export interface SubgraphsReport {
  readonly ports: readonly number[];
  readonly requests: number;
  /** Requests that came without any client's `authorization` header. */
  readonly unauthorized: number;
  /** Bodies that were new. */
  readonly executed: number;
  readonly recorded: readonly RecordedFetch[];
}

/** After this long without another request a wave is over. */
const QUIET_MS = 50;

let latencyMs = 0;
let requests = 0;
let unauthorized = 0;
let executedBefore = 0;
let recorded: RecordedFetch[] | undefined;
let held: (() => void)[] | undefined;
let wave = 0;
let quiet: NodeJS.Timeout | undefined;
const allAnswers: Answers[] = [];
const ports: number[] = [];

for (const [index, subgraph] of (await loadGraph(process.argv[2] ?? '')).entries()) {
  const answers = await createAnswers(subgraph);
  allAnswers.push(answers);
  const port = await listenLean(0, (head, bytes, reply) => {
    requests += 1;
    const authorization = /\r\nauthorization: *([^\r]*)/i.exec(head)?.[1] ?? '';
    if (authorization === '') unauthorized += 1;
    const body = bytes.toString('latin1');
    recorded?.push({ subgraph: index, body, authorization, wave });
    const response = answers.to(body);
    if (response instanceof Promise) void response.then((executed) => answer(reply, executed));
    else answer(reply, response);
  });
  ports.push(port);
}

process.on('message', (message: SubgraphsMessage) => {
  latencyMs = message.latencyMs ?? latencyMs;
  if (message.report === true) report();
  if (message.record === undefined) return;
  recorded = [];
  held = message.record === 'waves' ? [] : undefined;
  wave = 0;
});
process.once('disconnect', () => process.exit());
report();

function answer(reply: (response: Buffer) => void, response: Buffer): void {
  if (held !== undefined) {
    held.push(() => reply(response));
    clearTimeout(quiet);
    quiet = setTimeout(endWave, QUIET_MS);
  } else if (latencyMs === 0) reply(response);
  else setTimeout(reply, latencyMs, response);
}

function endWave(): void {
  const replies = held ?? [];
  held = held === undefined ? undefined : [];
  wave += 1;
  for (const send of replies) send();
}

function report(): void {
  const executedNow = allAnswers.reduce((sum, answers) => sum + answers.executed(), 0);
  const executed = executedNow - executedBefore;
  executedBefore = executedNow;
  process.send?.({
    ports,
    requests,
    unauthorized,
    executed,
    recorded: recorded ?? [],
  } satisfies SubgraphsReport);
  requests = 0;
  unauthorized = 0;
  recorded = undefined;
  held = undefined;
}
