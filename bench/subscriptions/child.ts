import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type AnswerMessage, type AskMessage, isAnswer } from './asking.ts';

const STOP_WITHIN_MS = 15_000;

/** A process of this run that answers questions. */
export interface Child {
  readonly pid: number;
  /** @throws Error when the question fails there, or the process has ended. */
  readonly ask: <T>(name: string, input?: unknown) => Promise<T>;
  /** Asks it to end; kills it when that takes too long. Idempotent. */
  readonly stop: () => Promise<void>;
}

/** What {@link startChild} needs. */
export interface ChildOptions {
  readonly file: string;
  readonly args?: readonly string[];
  readonly execArgv?: readonly string[];
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its output goes. */
  readonly logFile: string;
}

/** Starts a Node process with a channel for questions; it ends with this one. */
export function startChild({ file, args = [], execArgv = [], env = {}, logFile }: ChildOptions): Child {
  const child = fork(file, args, {
    execArgv: [...execArgv],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile);
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = once(child, 'exit');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  child.on('message', (message: AnswerMessage | object) => {
    if (!isAnswer(message)) return;
    const question = waiting.get(message.answer);
    waiting.delete(message.answer);
    if (message.failure === undefined) question?.resolve(message.value);
    else question?.reject(new Error(message.failure));
  });
  // Whoever still waits is told; a child that was stopped has nobody.
  void ended.then(([code]) => {
    log.end();
    for (const { reject } of waiting.values())
      reject(new Error(`${file} has ended (${code}): see ${logFile}`));
    waiting.clear();
  });
  return {
    pid: child.pid ?? -1,
    ask: async <T>(name: string, input?: unknown) => {
      if (!child.connected) throw new Error(`${file} is gone: see ${logFile}`);
      const question = Promise.withResolvers<unknown>();
      asked += 1;
      waiting.set(asked, question);
      child.send({ ask: asked, name, input } satisfies AskMessage);
      return (await question.promise) as T;
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(impatience);
    },
  };
}
