import pg from 'pg';
import { AppError } from '../errors/index.ts';
import { departure } from '../departure/index.ts';
import { wantedWorkspace } from './tenancy.ts';

const TELL = { name: 'hoerok_workspace', text: `SELECT set_config('app.workspace', $1, false)` };

/** Statements that may undo a setting which was made in their transaction. They touch no row themselves. */
const ENDS_TRANSACTION = /^\s*(rollback|commit|abort|end|prepare\s+transaction)\b/i;

type Callback = (error: Error | null, result: unknown) => void;

/** A statement as node-postgres queues it, what its types leave out included. */
interface Statement extends pg.Submittable {
  callback?: Callback;
  query_timeout?: number;
  readonly text?: string;
}

/** What the types of node-postgres leave out of a client, and of its connection. */
interface Unconnected extends pg.Client {
  readonly connection: pg.Connection & {
    connect(port: number, host: string): void;
    connect(path: string): void;
    cancel(processId: number, secretKey: unknown): void;
  };
}

/**
 * A connection that tells PostgreSQL, before a statement, which workspace its caller is bound to, if that is another one
 * than it was told last (ADR-13). For the pool: callers need not know of it.
 *
 * A statement is sent only while PostgreSQL is known to have been told the right workspace; else it fails with
 * `UNAVAILABLE`. The workspace is that of the moment of the call, not of when the connection becomes free.
 *
 * What is asked for somebody who leaves ({@link departure}) is canceled.
 */
export class WorkspaceClient extends pg.Client {
  /** What PostgreSQL has confirmed; undefined while that is not certain. */
  #told: string | undefined;
  /** What it will have been told once the queue has been worked off. */
  #queued: string | undefined;
  /** It may have been told in a transaction that is still open. */
  #isRevocable = false;
  readonly #config: pg.ClientConfig;

  constructor(config: pg.ClientConfig) {
    super(config);
    this.#config = config;
  }

  // One signature for the many of node-postgres, of which the pool and TypeORM use most.
  override query(config: unknown, values?: unknown, callback?: unknown): never {
    const statement = toStatement(config, values, callback);
    const answer = statement === config || statement.callback !== undefined ? undefined : promised(statement);
    if (ENDS_TRANSACTION.test(statement.text ?? '')) this.#beforeEnd(statement);
    else {
      this.#bind(statement, wantedWorkspace());
      const left = departure();
      if (left !== undefined) this.#stopWhen(left, statement);
    }
    super.query(statement);
    return (answer ?? (statement === config ? statement : undefined)) as never;
  }

  #bind(statement: Statement, wanted: string): void {
    if (this.#queued !== wanted) this.#tell(wanted);
    const submit = statement.submit.bind(statement);
    // What node-postgres asks for when it comes to send the statement: an error instead ends it alone.
    statement.submit = (connection) =>
      this.#told === wanted ? submit(connection) : (wrongWorkspace() as unknown as void);
  }

  /** A late request to cancel would hit what the connection does next; so whoever holds it waits until it has been made. */
  #stopWhen(left: AbortSignal, statement: Statement): void {
    const { callback } = statement;
    if (callback === undefined) return;
    const submit = statement.submit.bind(statement);
    let canceled: Promise<void> | undefined;
    const cancel = (): void => {
      canceled = this.#cancel();
    };
    statement.submit = (connection) => {
      if (left.aborted) return nobodyWaits() as unknown as void;
      left.addEventListener('abort', cancel, { once: true });
      return submit(connection);
    };
    statement.callback = (error, result) => {
      left.removeEventListener('abort', cancel);
      if (canceled === undefined) return callback(error, result);
      void canceled.then(() => callback(error === null ? null : nobodyWaits(error), result));
    };
  }

  /** As `cancel` of node-postgres does, which warns of its own deprecations and tells nobody when it has ended. */
  async #cancel(): Promise<void> {
    const { connection, host, port } = new pg.Client(this.#config) as Unconnected;
    const { processID, secretKey } = this as unknown as { processID: number; secretKey: unknown };
    const { promise, resolve } = Promise.withResolvers<void>();
    // PostgreSQL closes this connection when it has told the other one.
    connection.once('end', resolve);
    connection.on('error', () => resolve());
    connection.once('connect', () => connection.cancel(processID, secretKey));
    if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
    await promise;
  }

  #tell(workspace: string): void {
    this.#queued = workspace;
    this.#isRevocable = true;
    const telling = new pg.Query({ ...TELL, values: [workspace] }) as unknown as Statement;
    const submit = telling.submit.bind(telling);
    telling.submit = (connection) => {
      this.#told = undefined;
      return submit(connection);
    };
    telling.callback = (error) => {
      if (error === null) {
        this.#told = workspace;
        if (this.getTransactionStatus() === 'I' && this.#queued === workspace) this.#isRevocable = false;
      } else if (this.#queued === workspace) {
        this.#queued = undefined;
      }
    };
    super.query(telling);
  }

  #beforeEnd(statement: Statement): void {
    if (!this.#isRevocable) return;
    this.#isRevocable = false;
    this.#queued = undefined;
    const submit = statement.submit.bind(statement);
    statement.submit = (connection) => {
      this.#told = undefined;
      return submit(connection);
    };
  }
}

function toStatement(config: unknown, values: unknown, callback: unknown): Statement {
  if (isSubmittable(config)) {
    const given = typeof values === 'function' ? values : callback;
    if (config.callback === undefined && typeof given === 'function') config.callback = given as Callback;
    return config;
  }
  // Its own constructor tells the forms apart; the types know only two of them.
  const Query = pg.Query as unknown as new (config: unknown, values: unknown, callback: unknown) => Statement;
  const statement = new Query(config, values, callback);
  const timeoutMs = (config as { query_timeout?: number } | null)?.query_timeout;
  return timeoutMs === undefined ? statement : Object.assign(statement, { query_timeout: timeoutMs });
}

function isSubmittable(config: unknown): config is Statement {
  return typeof (config as Statement | null)?.submit === 'function';
}

/** The answer of a statement that nobody gave a callback, as node-postgres gives it. */
async function promised(statement: Statement): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  statement.callback = (error, result) => (error === null ? resolve(result) : reject(error));
  try {
    return await promise;
  } catch (error) {
    // The trace shall lead to the caller and not to a socket.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

function wrongWorkspace(): AppError {
  return new AppError('UNAVAILABLE', 'The database could not be told the workspace.', { retryable: true });
}

function nobodyWaits(cause?: Error): AppError {
  return new AppError('CANCELLED', 'Whoever asked did not wait for the answer.', {
    cause,
    logLevel: 'debug',
  });
}
