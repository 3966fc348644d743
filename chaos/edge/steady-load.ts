import { setTimeout as pause } from 'node:timers/promises';

/** A question over HTTP. */
export interface Question {
  readonly kind: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly authorization: string;
}

/** A question and what was answered. */
export interface Asked {
  readonly question: Question;
  /** On the clock of `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  /** 0 when no answer came at all. */
  readonly status: number;
  /** Text of the answer, or why there is none. */
  readonly text: string;
}

/** What an answer says. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: readonly unknown[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** Questions at a steady rate, whatever is answered. */
export interface SteadyLoad extends AsyncDisposable {
  /** What has been answered so far. */
  readonly asked: readonly Asked[];
  /** Resolves with everything once each question has its answer. */
  readonly stop: () => Promise<readonly Asked[]>;
}

const LONGEST_MS = 60_000;

/** Asks the gateway at `url` so often a second, the `n`th time what `question(n)` gives. */
export function askSteadily(url: string, perSecond: number, question: (n: number) => Question): SteadyLoad {
  const asked: Asked[] = [];
  const open = new Set<Promise<void>>();
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    for (const due = ((performance.now() - startedAt) / 1_000) * perSecond; sent < due; sent += 1) {
      const asking = ask(url, question(sent)).then((one) => void asked.push(one));
      open.add(asking);
      void asking.finally(() => open.delete(asking));
    }
  }, 5);
  const stop = async (): Promise<readonly Asked[]> => {
    clearInterval(timer);
    await Promise.all(open);
    return asked;
  };
  return { asked, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

/** Asks once. */
export async function ask(url: string, question: Question): Promise<Asked> {
  const at = performance.now();
  const { query, variables, authorization } = question;
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(LONGEST_MS),
  };
  const { status, text } = await fetch(`${url}/graphql`, request)
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => ({ status: 0, text: reasonOf(error) }));
  return { question, at, ms: performance.now() - at, status, text };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause]
    .filter((one) => one !== undefined)
    .map(String)
    .join(', ');
}

/** The answer as JSON; nothing of it when it is none. */
export function answerOf({ text }: Asked): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

/** Whether all that was asked for came. */
export function isWhole(asked: Asked): boolean {
  const { data, errors } = answerOf(asked);
  const values = Object.values(data ?? {});
  return asked.status === 200 && errors === undefined && values.length > 0 && !values.includes(null);
}

/** Waits until one answer to the question is whole; milliseconds that took, null when it took too long. */
export async function untilWhole(url: string, question: Question, withinMs: number): Promise<number | null> {
  const from = performance.now();
  while (performance.now() - from < withinMs) {
    if (isWhole(await ask(url, question))) return performance.now() - from;
    await pause(50);
  }
  return null;
}

/** The value that this share of the values does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
