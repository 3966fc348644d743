import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@hoerok/shared/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compose, type FixtureSubgraph, serveSubgraph } from './fixture-graph.ts';
import { checkTypes, installPacked, type PackedGateway } from './packed-install.ts';

const HEAD = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const ALBUMS = `${HEAD}
type Album @key(fields: "id") { id: ID! title: String! }
type Query { album(id: ID!): Album }`;
const RATINGS = `${HEAD}
type Album @key(fields: "id") { id: ID! stars: Int! }`;
const ALBUM = '{ album(id: "7") { title stars } }';
const ANSWER = { data: { album: { title: 'Album 7', stars: 5 } } };

type Reference = { readonly id: string };

const opened = new AsyncDisposableStack();
let packed: PackedGateway;
let albums: FixtureSubgraph;
let ratings: FixtureSubgraph;
let file: string;
beforeAll(async () => {
  packed = opened.use(await installPacked());
  const album = (id: string) => ({ id, title: `Album ${id}` });
  albums = await serveSubgraph('albums', ALBUMS, {
    Query: { album: (_: unknown, { id }: Reference) => album(id) },
    Album: { __resolveReference: ({ id }: Reference) => album(id) },
  });
  ratings = await serveSubgraph('ratings', RATINGS, {
    Album: { __resolveReference: ({ id }: Reference) => ({ id, stars: 5 }) },
  });
  for (const subgraph of [albums, ratings]) opened.defer(subgraph.close);
  file = join(packed.directory, 'supergraph.graphql');
});
afterAll(async () => await opened.disposeAsync());

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

interface Started {
  readonly url: string;
  readonly output: () => string;
  readonly stop: () => Promise<unknown>;
}

/** Runs a program of the installation with plain Node and nothing in its environment but what is given. */
async function start(program: string, environment: Record<string, string>): Promise<Started> {
  await writeFile(file, compose([albums, ratings]));
  albums.asked.length = 0;
  const env = { PATH: process.env['PATH'], SUPERGRAPH_FILE: file, ...environment };
  const child = spawn(process.execPath, [program], { cwd: packed.directory, env });
  running.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const url = await until('it listens', () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
    return /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
  });
  const stop = async (): Promise<unknown> => {
    child.kill('SIGTERM');
    return await once(child, 'exit');
  };
  return { url, output: () => output, stop };
}

async function ask(url: string, request: object, headers: Record<string, string> = {}) {
  const body = JSON.stringify(request);
  return await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

const answerTo = async (url: string, request: object): Promise<unknown> =>
  await (await ask(url, request)).json();

describe('the packed gateway', () => {
  it('runs as a command with a supergraph alone, follows its file and refuses a broken one', async () => {
    const { url, output, stop } = await start(packed.command, { PORT: '0' });
    const graphql = `${url}/graphql`;
    const response = await ask(graphql, { query: ALBUM }, { authorization: 'Bearer t' });
    expect(await response.json()).toEqual(ANSWER);
    const seen = albums.asked[0]?.headers ?? {};
    expect(seen.authorization).toBe('Bearer t');
    expect(Object.keys(seen).filter((name) => name.startsWith('x-hoerok'))).toEqual([]);

    const more = ALBUMS.replace('title: String!', 'title: String! year: Int');
    await writeFile(file, compose([{ ...albums, sdl: more }, ratings]));
    const fields = { query: '{ __type(name: "Album") { fields { name } } }' };
    const names = async (): Promise<string> => JSON.stringify(await answerTo(graphql, fields));
    await until('the new schema is served', async () => (await names()).includes('year'));
    await writeFile(file, 'type Query {');
    await until('the broken schema is refused', () => output().includes('is refused'));
    expect(await names()).toContain('year');
    expect(await answerTo(graphql, { query: ALBUM })).toEqual(ANSWER);
    // Its packages are optional, and are not installed here.
    expect((await fetch(`${url}/graphiql`)).status).toBe(404);
    expect(await stop()).toEqual([0, null]);
    const lines = output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual([
      'The gateway is listening.',
      'A new supergraph is being served.',
      'The new supergraph is refused; the one before stays in service.',
      'The gateway stops.',
    ]);
  });

  it('stands in for the gateway of a stock Apollo Server, with its types', async () => {
    const app = join(packed.directory, 'app.ts');
    await copyFile(fileURLToPath(new URL('packed-app.ts', import.meta.url)), app);
    await writeFile(join(packed.directory, 'package.json'), '{ "type": "module" }');
    const [{ url, stop }] = await Promise.all([start(app, {}), checkTypes(packed, 'app.ts')]);
    const response = await ask(url, { query: ALBUM }, { authorization: 'Bearer t' });
    expect(response.headers.get('x-plugin')).toBe('Bearer t');
    expect(await response.json()).toEqual(ANSWER);
    expect(albums.asked[0]?.headers).toMatchObject({ authorization: 'Bearer t', 'x-asked': 'albums' });

    const sha256Hash = createHash('sha256').update(ALBUM).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect(await answerTo(url, { extensions })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect(await answerTo(url, { query: ALBUM, extensions })).toEqual(ANSWER);
    expect(await answerTo(url, { extensions })).toEqual(ANSWER);
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<html');
    // Apollo Server stops first, and then passes the signal on to itself.
    expect(await stop()).toEqual([null, 'SIGTERM']);
  });
});
