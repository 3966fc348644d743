import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { until } from '@hoerok/shared/testing';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from '../../../gateway/test/fixture-gateway.ts';
import { type CuttableProxy, serveProxy } from '../../../gateway/test/fixture-proxy.ts';
import { upTo } from './fixture-client.ts';

const executablePath = findBrowser();
if (executablePath === undefined)
  console.log(
    'No Chromium on PATH, and CHROMIUM_PATH is not set: the built client is not tried in a browser.',
  );

/** What the page shows of the client. */
interface Shown {
  readonly revisions: number[];
  readonly me: unknown;
  readonly over: boolean;
}

const PAGE = `<!doctype html>
<script type="importmap">
{ "imports": { "@hoerok/client": "/client/index.js", "graphql-ws/client": "/graphql-ws/client.js" } }
</script>
<script type="module">
  import { createClient } from '@hoerok/client';
  globalThis.shown = { revisions: [], me: null, over: false };
  globalThis.watch = async ({ url, token, id }) => {
    const hoerok = createClient({ url, accessToken: () => token, backoff: { baseMs: 20 } });
    shown.me = await hoerok.execute('{ me { name } }');
    for await (const { revision } of hoerok.watchTask(id)) shown.revisions.push(revision);
    shown.over = true;
  };
</script>`;

const opened = new AsyncDisposableStack();
let dist: string;
beforeAll(async () => {
  dist = await build();
}, 60_000);
afterAll(async () => await opened.disposeAsync());

it('is built with nothing of Node in it', async () => {
  const built: unknown = await import(pathToFileURL(join(dist, 'index.js')).href);
  expect(built).toMatchObject({ createClient: expect.any(Function) as unknown });
});

describe.skipIf(executablePath === undefined)('the built client in a browser', () => {
  let fixture: Fixture;
  let proxy: CuttableProxy;
  let page: Page;
  beforeAll(async () => {
    const origin = await servePage();
    fixture = opened.use(await startFixture({ CORS_ORIGINS: origin }));
    proxy = await serveProxy({ host: '127.0.0.1', port: Number(new URL(fixture.gateway.url).port) });
    opened.defer(proxy.close);
    const args = ['--no-sandbox', '--disable-dev-shm-usage'];
    const browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    opened.defer(async () => await browser.close());
    page = await browser.newPage();
    await page.goto(origin);
    await page.waitForFunction('globalThis.watch !== undefined');
  }, 60_000);

  it('asks, watches a task over a connection that is cut, and ends with the task', async () => {
    const shown = async (): Promise<Shown> => (await page.evaluate('shown')) as Shown;
    const token = await fixture.issuer.token();
    const watching = { url: `http://127.0.0.1:${proxy.port}`, token, id: 'page' };
    await page.evaluate(`void watch(${JSON.stringify(watching)})`);
    await fixture.publish({ id: 'page', revision: 1 });
    await until('the snapshot is shown', async () => (await shown()).revisions.length === 1);
    for (const cut of upTo(5)) {
      proxy.cut();
      await fixture.publish({ id: 'page', revision: cut + 1 });
      proxy.heal();
      await until('what was missed is shown', async () => (await shown()).revisions.length === cut + 1);
    }
    await fixture.publish({ id: 'page', revision: 7, status: 'COMPLETED' });
    await until('the loop is over', async () => (await shown()).over);
    expect(await shown()).toEqual({ revisions: upTo(7), me: { me: { name: 'User u1' } }, over: true });
  });
});

// The project of the build knows no types of Node, so what needs them does not compile.
async function build(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hoerok-client-'));
  opened.defer(async () => await rm(folder, { recursive: true }));
  const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));
  const project = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
  await promisify(execFile)(tsc, ['--project', project, '--outDir', folder]);
  return folder;
}

async function servePage(): Promise<string> {
  const folders = new Map([
    ['client', dist],
    ['graphql-ws', fileURLToPath(new URL('../node_modules/graphql-ws/dist', import.meta.url))],
  ]);
  const server = createServer((request, response) => {
    const [, folder = '', ...rest] = normalize(request.url ?? '/').split('/');
    const path = folders.get(folder);
    if (path === undefined) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      return;
    }
    readFile(join(path, ...rest)).then(
      (script) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(script),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.defer(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function findBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const known = process.env['CHROMIUM_PATH'];
  return [
    ...(known === undefined ? [] : [known]),
    ...names.flatMap((name) => folders.map((path) => join(path, name))),
  ].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
