import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { request } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, RetryAfter } from '../errors/index.ts';
import { createLogger, renderMetrics } from '../telemetry/index.ts';
import { until } from '../testing/until.ts';
import { createProvider, type Provider } from './provider.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

describe('a provider', () => {
  let mood: 'ok' | 'fail' | 'hang' | 'refuse' = 'ok';
  let asked = 0;
  let server: Server;
  let url = '';
  let number = 0;
  let name = '';
  const gone: AbortController[] = [];

  beforeEach(async () => {
    mood = 'ok';
    asked = 0;
    name = `provider-${(number += 1)}`;
    server ??= await listen((answer) => {
      asked += 1;
      if (mood !== 'hang') answer({ ok: 200, fail: 503, refuse: 422 }[mood]);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => gone.splice(0).forEach((abort) => abort.abort()));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const provide = (over: { concurrent?: number; queued?: number; halfOpenAfterMs?: number } = {}): Provider =>
    createProvider({
      name,
      timeoutMs: 100,
      bulkhead: { concurrent: over.concurrent ?? 10, queued: over.queued ?? 10 },
      breaker: { consecutiveFailures: 3, halfOpenAfterMs: over.halfOpenAfterMs ?? 60 },
      logger,
    });
  const ask = (provider: Provider, signal?: AbortSignal): Promise<number> =>
    provider.call(
      async (within) => {
        const { statusCode, body } = await request(url, { signal: within });
        await body.dump();
        if (statusCode === 503) throw new AppError('UNAVAILABLE', 'It is broken.', { retryable: true });
        if (statusCode === 422) throw new AppError('BAD_INPUT', 'It does not like this.');
        return statusCode;
      },
      { signal },
    );
  const askTimes = async (times: number, provider: Provider): Promise<void> => {
    for (let time = 0; time < times; time += 1) await ask(provider).catch(() => undefined);
  };
  const waiting = (): AbortSignal => {
    const abort = new AbortController();
    gone.push(abort);
    return abort.signal;
  };

  it('is not called any more after so many failures in a row, and says when to come back', async () => {
    const provider = provide({ halfOpenAfterMs: 60_000 });
    mood = 'fail';
    await expect(ask(provider)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'It is broken.' });
    await askTimes(9, provider);
    expect(asked).toBe(3);
    expect(provider.state()).toBe('open');
    const refused = await ask(provider).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RetryAfter);
    expect((refused as RetryAfter).delayMs).toBeGreaterThan(50_000);
    expect((refused as RetryAfter).delayMs).toBeLessThanOrEqual(60_000);
    const metrics = await renderMetrics();
    expect(metrics).toMatch(new RegExp(`hoerok_provider_state\\{.*name="${name}".*\\} 2`));
    expect(metrics).toMatch(
      new RegExp(`hoerok_provider_calls_total\\{.*name="${name}",outcome="failed".*\\} 3`),
    );
    expect(metrics).toMatch(
      new RegExp(`hoerok_provider_calls_total\\{.*name="${name}",outcome="open".*\\} 8`),
    );
  });

  it('lets go of a call that hangs, and counts it as a failure', async () => {
    const provider = provide({ halfOpenAfterMs: 60_000 });
    mood = 'hang';
    const hung = await ask(provider).catch((error: unknown) => error);
    expect(hung).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect((hung as Error).message).toBe(`${name} does not answer within 100 ms.`);
    await askTimes(2, provider);
    expect(provider.state()).toBe('open');
  });

  it('counts a refused connection as a failure', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const provider = provide();
    const call = (): Promise<unknown> =>
      provider.call((signal) => request(`http://127.0.0.1:${port}`, { signal }));
    await expect(call()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `${name} cannot be reached.`,
    });
    await call().catch(() => undefined);
    await call().catch(() => undefined);
    expect(provider.state()).toBe('open');
  });

  it('stays closed when the requests are wrong, and when callers give up', async () => {
    const provider = provide();
    mood = 'refuse';
    await expect(ask(provider)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await askTimes(5, provider);
    mood = 'hang';
    for (let time = 0; time < 5; time += 1) {
      const abort = new AbortController();
      const reason = new Error('no longer wanted');
      const call = ask(provider, abort.signal);
      abort.abort(reason);
      await expect(call).rejects.toBe(reason);
    }
    expect(provider.state()).toBe('closed');
  });

  it('sends one probe at a time while others wait, and lets all go on once it is back', async () => {
    const provider = provide();
    mood = 'fail';
    await askTimes(3, provider);
    const ready = Array.from({ length: 20 }, () => provider.ready(waiting()));
    let released = 0;
    for (const one of ready) void one.then(() => (released += 1));
    await until('three probes were sent', () => asked >= 6);
    expect(released).toBe(0);
    // Twenty waited through three probes: had each sent its own, there would be sixty.
    expect(asked).toBeLessThan(60);
    mood = 'ok';
    await Promise.all(ready);
    expect(provider.state()).toBe('closed');
    expect(await ask(provider)).toBe(200);
  });

  it('probes nothing when nobody waits, and lets a waiter go whose signal aborts', async () => {
    const provider = provide();
    mood = 'fail';
    await askTimes(3, provider);
    const abort = new AbortController();
    const ready = provider.ready(abort.signal);
    abort.abort();
    await ready;
    expect(provider.state()).toBe('open');
    // The next round would have begun with the half-open time; a caller that comes later is the first to be heard again.
    mood = 'ok';
    await until('the half-open time has come', () => ask(provider).catch(() => undefined));
    expect(asked).toBe(4);
  });

  it('does not close on a trial call whose caller gives up', async () => {
    const provider = provide();
    mood = 'fail';
    await askTimes(3, provider);
    mood = 'hang';
    const abort = new AbortController();
    await until('a call tries the half-open circuit', () => {
      void ask(provider, abort.signal).catch(() => undefined);
      return provider.state() === 'half-open';
    });
    await expect(ask(provider)).rejects.toBeInstanceOf(RetryAfter);
    abort.abort();
    await until('the circuit is open again', () => provider.state() === 'open');
  });

  it('bounds the calls at a time and those that wait for a place', async () => {
    const provider = provide({ concurrent: 2, queued: 1 });
    mood = 'hang';
    const calls = Array.from({ length: 3 }, () => ask(provider, waiting()).catch((error: unknown) => error));
    const full = await ask(provider).catch((error: unknown) => error);
    expect(full).toBeInstanceOf(RetryAfter);
    expect((full as Error).message).toContain('too many');
    await until('two are being asked', () => asked === 2);
    gone.splice(0).forEach((abort) => abort.abort());
    await Promise.all(calls);
    expect(provider.state()).toBe('closed');
    expect(asked).toBe(2);
  });
});

async function listen(onRequest: (answer: (status: number) => void) => void): Promise<Server> {
  const server = createServer((_request, response) =>
    onRequest((status) => response.writeHead(status).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
