import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Poison } from '../../test/isolated-poison.ts';
import { until } from '../testing/until.ts';
import { createIsolate, type Isolate } from './isolate.ts';

const said = z.object({ said: z.string() });
type Said = z.output<typeof said>;
const module = new URL('../../test/isolated-poison.ts', import.meta.url);

describe('isolated work', () => {
  const isolates: Isolate<Poison, Said>[] = [];
  const isolate = (
    over: { timeoutMs?: number; idleMs?: number; processes?: number } = {},
  ): Isolate<Poison, Said> => {
    const made = createIsolate<Poison, Said>({
      name: 'poison',
      module,
      output: said,
      maxHeapMiB: 48,
      timeoutMs: 20_000,
      processes: 2,
      ...over,
    });
    isolates.push(made);
    return made;
  };
  afterAll(() => Promise.all(isolates.map((one) => one.close())));
  const shared = isolate();
  const quick = isolate({ timeoutMs: 1_500 });
  const never = new AbortController().signal;
  const run = (how: Poison['how'], on = shared): Promise<string> =>
    on.run({ how }, { signal: never }).then((answer) => answer.said);

  it('gives back what the module makes, with its progress, in a process that is kept', async () => {
    const seen: unknown[] = [];
    const onProgress = (fraction: number, stage: string): void => void seen.push([fraction, stage]);
    const { said: pid } = await shared.run({ how: 'pid' }, { signal: never, onProgress });
    expect(Number(pid)).not.toBe(process.pid);
    expect(seen).toEqual([[0.5, 'pid']]);
    expect(await run('pid')).toBe(pid);
  });

  it('gives the module none of our environment', async () => {
    const names = (await run('environment')).split(',');
    expect(names).not.toContain('PATH');
    expect(names.filter((name) => !['', 'TZ', 'NODE_COMPILE_CACHE'].includes(name))).toEqual([]);
  });

  it.each(['a growing array', 'many objects', 'buffers'] as const)(
    'ends work that eats memory by %s with a permanent error',
    { timeout: 30_000 },
    async (how) => {
      await expect(run(how)).rejects.toMatchObject({
        name: 'PermanentError',
        code: 'TOO_LARGE',
        message: 'The work needed more than 48 MiB of memory.',
      });
    },
  );

  it.each(['a tight loop', 'a promise that never settles'] as const)(
    'ends work that hangs in %s',
    async (how) => {
      await expect(run(how, quick)).rejects.toMatchObject({
        code: 'TIMEOUT',
        retryable: true,
        message: 'The work of poison took longer than 1500 ms.',
      });
    },
  );

  it.each([
    ['exit', '3'],
    ['abort', 'SIGABRT'],
    ['a late error', '1'],
  ] as const)('survives work that ends its process by %s', async (how, end) => {
    await expect(run(how)).rejects.toMatchObject({
      code: 'INTERNAL',
      retryable: true,
      message: `The process of poison ended in the middle of its work (${end}).`,
    });
    expect(await run('fine')).toBe('fine');
  });

  it('hands on what the work throws, as what it is, and keeps its process', async () => {
    const pid = await run('pid');
    await expect(run('a permanent error')).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'BAD_INPUT',
      message: 'It cannot be read.',
    });
    await expect(run('a delay')).rejects.toMatchObject({ name: 'RetryAfter', delayMs: 1_234 });
    await expect(run('an error')).rejects.toThrow('nobody knows why');
    await expect(run('uncloneable')).rejects.toThrow('could not be cloned');
    await expect(run('wrong')).rejects.toBeInstanceOf(z.ZodError);
    expect(await run('pid')).toBe(pid);
  });

  it('kills what is cancelled at once, whatever it does, and neighbors go on', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    const onProgress = (): void => abort.abort(reason);
    const looping = shared.run({ how: 'a tight loop' }, { signal: abort.signal, onProgress });
    const neighbor = run('fine');
    await expect(looping).rejects.toBe(reason);
    expect(await neighbor).toBe('fine');
    // Both places are free again.
    expect(await Promise.all([run('fine'), run('fine')])).toEqual(['fine', 'fine']);
  });

  it('lets what finds no free process wait, and leave when it is cancelled', async () => {
    const one = isolate({ processes: 1 });
    const abort = new AbortController();
    const first = one.run({ how: 'a tight loop' }, { signal: abort.signal });
    const second = run('fine', one);
    const impatient = one.run({ how: 'fine' }, { signal: AbortSignal.abort(new Error('no')) });
    await expect(impatient).rejects.toThrow('no');
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(await second).toBe('fine');
  });

  it('leaves nothing behind when the process that uses it is killed, not even a tight loop', async () => {
    const parent = fork(fileURLToPath(new URL('../../test/isolating-parent.ts', import.meta.url)), {
      execArgv: [],
    });
    const [pid] = (await once(parent, 'message')) as [number];
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until('the loop has ended', () => !isAlive(pid));
  });

  it('ends a process that nobody needs, and every one when it is closed', async () => {
    const short = isolate({ idleMs: 20 });
    const pid = Number(await run('pid', short));
    await until('the idle process has ended', () => !isAlive(pid));
    const other = Number(await run('pid', short));
    const hanging = run('a tight loop', short);
    const refused = hanging.catch((error: unknown) => error);
    await short.close();
    expect(await refused).toMatchObject({ code: 'UNAVAILABLE' });
    expect(isAlive(other)).toBe(false);
    await expect(run('fine', short)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
