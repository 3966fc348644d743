import { type Messaging, streamNames } from '@hoerok/shared/messaging';
import type { JournalSummary } from './journal.ts';
import { query, readStream } from './observer.ts';
import { POISON, SERVICE } from './operation.ts';

/** The verdict of the invariants over one run. */
export interface Verdict {
  readonly accepted: number;
  /** Accepted operations whose task has ended. */
  readonly terminal: number;
  /** I1: what was accepted and has no task, no effect, or is missing in the read model or the stream. */
  readonly lost: number;
  /** I2: tasks, effects, rows of the read model and events beyond the first of each operation. */
  readonly duplicated: number;
  /** What lies behind the numbers, in words; empty when all is well. I3 (nothing uninvoked) and I6 stand here, too. */
  readonly findings: readonly string[];
}

/** What a fault does to the stream itself, which is then not checked. */
export interface StreamExpectation {
  /** Copies were published on purpose. */
  readonly copied?: boolean;
}

interface Counted {
  readonly op: string;
  readonly count: number;
}

/** Compares what the clients were told with what the system holds. */
export async function check(
  databaseUrl: string,
  messaging: Messaging,
  run: { readonly journal: JournalSummary; readonly stream: StreamExpectation },
): Promise<Verdict> {
  const { accepted, invoked } = run.journal;
  const count = async (sql: string): Promise<Map<string, number>> => {
    const rows = await query<Counted & Record<string, unknown>>(databaseUrl, sql);
    return new Map(
      rows.filter(({ op }) => !op.startsWith(POISON)).map(({ op, count: times }) => [op, times]),
    );
  };
  const ended = await count(
    `SELECT idempotency_key AS op, count(*)::int AS count FROM task WHERE finished_at IS NOT NULL GROUP BY 1`,
  );
  const projected = (event: string): Promise<Map<string, number>> =>
    count(
      `SELECT op, count(*)::int AS count FROM projection WHERE purpose = 'live' AND event = '${event}' GROUP BY 1`,
    );
  const found = {
    tasks: await count('SELECT idempotency_key AS op, count(*)::int AS count FROM task GROUP BY 1'),
    effects: await count('SELECT op, count(*)::int AS count FROM effect GROUP BY 1'),
    'accepted events in the read model': await projected('accepted'),
    'done events in the read model': await projected('done'),
  };
  const outdated = await count(
    `SELECT l.op, 1 AS count FROM latest l WHERE purpose = 'live' AND revision <
       (SELECT max(revision) FROM projection p WHERE p.op = l.op AND p.purpose = 'live')`,
  );
  const stream = await checkStream(databaseUrl, messaging, run.stream);
  const findings = [...stream.findings];
  let { lost, duplicated } = stream;
  for (const [name, counts] of Object.entries(found)) {
    const missing = [...accepted].filter((op) => !counts.has(op));
    const twice = [...counts].filter(([, times]) => times > 1);
    const uninvoked = [...counts.keys()].filter((op) => !invoked.has(op));
    lost += missing.length;
    duplicated += twice.reduce((sum, [, times]) => sum + times - 1, 0);
    if (missing.length > 0) findings.push(`I1 ${name} missing: ${sample(missing)}`);
    if (twice.length > 0) findings.push(`I2 ${name} more than once: ${sample(twice.map(([op]) => op))}`);
    if (uninvoked.length > 0) findings.push(`I3 ${name} that nobody asked for: ${sample(uninvoked)}`);
  }
  if (outdated.size > 0) findings.push(`I4 older than what it has seen: ${sample([...outdated.keys()])}`);
  const terminal = [...accepted].filter((op) => ended.has(op)).length;
  if (terminal < accepted.size) findings.push(`I6 ${accepted.size - terminal} accepted tasks have not ended`);
  return { accepted: accepted.size, terminal, lost, duplicated, findings };
}

interface TaskRevision {
  readonly id: string;
  readonly revision: number;
}

/** Events by id, and the revisions of every task: 1, 2, 3 … up to that of its row. */
async function checkStream(
  databaseUrl: string,
  messaging: Messaging,
  expected: StreamExpectation,
): Promise<Pick<Verdict, 'lost' | 'duplicated' | 'findings'>> {
  const messages = await readStream(messaging, streamNames(messaging.namespace, SERVICE).events);
  const findings: string[] = [];
  const ids = messages.map(({ headers }) => headers['ce-id'] ?? '');
  const duplicated = expected.copied === true ? 0 : ids.length - new Set(ids).size;
  if (duplicated > 0) findings.push(`I2 ${duplicated} events are in the stream more than once`);
  const told = new Set<string>();
  for (const { headers, data } of messages) {
    if (headers['ce-type'] !== `${SERVICE}.task.changed.v1`) continue;
    const { id, revision } = JSON.parse(new TextDecoder().decode(data)) as TaskRevision;
    told.add(`${id} ${revision}`);
  }
  const tasks = await query<TaskRevision & Record<string, unknown>>(
    databaseUrl,
    'SELECT id, revision FROM task',
  );
  const missing = tasks.flatMap(({ id, revision }) =>
    Array.from({ length: revision }, (_, index) => `${id} ${index + 1}`).filter((one) => !told.has(one)),
  );
  if (missing.length > 0) findings.push(`I1 revisions of tasks missing in the stream: ${sample(missing)}`);
  return { lost: missing.length, duplicated, findings };
}

function sample(list: readonly string[]): string {
  return `${list.length} (${list.slice(0, 3).join(', ')}${list.length > 3 ? ' …' : ''})`;
}
