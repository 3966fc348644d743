import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './fixture-clients.ts';
import { type FixtureGraph, serveFixtureGraph } from './fixture-graph.ts';

let graph: FixtureGraph;
let directory: string;
beforeAll(async () => {
  graph = await serveFixtureGraph();
  directory = await mkdtemp(join(tmpdir(), 'hoerok-gateway-'));
});
afterAll(async () => {
  await graph.close();
  await rm(directory, { recursive: true });
});

/** Starts the gateway as its own process, as a user would, with nothing in its environment but what is given. */
function launch(environment: Record<string, string>): { process: ChildProcess; output: () => string } {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...environment } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  return { process: child, output: () => output };
}

describe('the gateway as a process', () => {
  it('needs a supergraph, a port and a host, answers, and stops on SIGTERM', async () => {
    const file = join(directory, 'supergraph.graphql');
    await writeFile(file, graph.supergraphSdl);
    const { process: gateway, output } = launch({ SUPERGRAPH_FILE: file, PORT: '0', HOST: '127.0.0.1' });
    const url = await until('the gateway listens', () => /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0]);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'pass' });
    const { body } = await post(url, { query: '{ me { name } meeting(id: "1") { title } }' });
    expect(body).toEqual({ data: { me: { name: 'User u1' }, meeting: { title: 'Meeting 1' } } });
    gateway.kill('SIGTERM');
    expect(await once(gateway, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['a supergraph that is not there', { SUPERGRAPH_FILE: '/nowhere.graphql', PORT: '0' }, 'cannot be read'],
    ['a port that is none', { SUPERGRAPH_FILE: 'x', PORT: 'http' }, 'PORT'],
  ])('with %s says so in one line and exits with 1', async (_what, environment, reason) => {
    const { process: gateway, output } = launch(environment);
    expect(await once(gateway, 'exit')).toEqual([1, null]);
    await until('the line is there', () => output().includes(reason));
    expect(output().trim().split('\n')).toHaveLength(1);
  });
});
