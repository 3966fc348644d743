// The front door: `npm start` and `npm test` come in here, on Node 20 or newer and with nothing installed.
// It brings Node 24, pnpm and the dependencies, then hands over to start.ts or test.ts. Plain JavaScript,
// because the Node that runs it may know no TypeScript. It writes nothing outside the checkout.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { onOrphaned } from './parent-watch.mjs';

const NODE_VERSION = '24.21.0';
const PNPM_VERSION = '11.28.11';
/** What it hands over to, by the name of the npm script. */
const SCRIPTS = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  chaos: 'scripts/chaos.ts',
  'bench:tasks': 'bench/tasks/run.ts',
  'bench:subscriptions': 'bench/subscriptions/run.ts',
  'bench:gateway': 'bench/gateway/run.ts',
  'bench:faults': 'bench/gateway/faults.ts',
  'bench:load': 'bench/load/run.ts',
  'bench:minutes': 'bench/minutes/run.ts',
};
// The defaults wait minutes before they say that there is no network.
const RETRIES = { 'fetch-retries': '2', 'fetch-retry-mintimeout': '500', 'fetch-retry-maxtimeout': '2000' };

const MOST_RETRIES = 50;

const root = fileURLToPath(new URL('..', import.meta.url));
const state = join(root, '.hoerok');
const modules = join(state, 'toolchain', 'node_modules');
const nodeIsRight = process.versions.node.startsWith('24.');
const node = nodeIsRight ? process.execPath : join(modules, '.bin', 'node');

/** A failure that one sentence explains to the person at the terminal. */
class Failure extends Error {}

try {
  const [task, ...args] = process.argv.slice(2);
  const script = Object.hasOwn(SCRIPTS, task) ? SCRIPTS[task] : undefined;
  if (script === undefined) {
    throw new Failure(`Run "npm run ${Object.keys(SCRIPTS).join('" or "npm run ')}".`);
  }
  checkMachine();
  await withLock(join(state, 'bootstrap.lock'), prepare, () => say('Waiting for another set-up to finish …'));
  process.exitCode = await handOver(script, args);
} catch (error) {
  console.error(error instanceof Failure ? error.message : explain(String(error?.stack ?? error)));
  process.exitCode = 1;
}

function checkMachine() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Failure(`Node ${process.versions.node} is too old; install Node 20 or newer and run it again.`);
  }
  if (!['linux', 'darwin'].includes(process.platform)) {
    throw new Failure(`${process.platform} is not supported; use Linux, macOS, or WSL on Windows.`);
  }
}

async function prepare() {
  if (!toolchainWorks()) {
    say(nodeIsRight ? 'Installing pnpm …' : 'Installing Node 24 and pnpm …');
    await installToolchain();
  }
  const marker = join(state, 'installed');
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted && existsSync(join(root, 'node_modules')))
    return;
  say('Installing dependencies …');
  rmSync(marker, { force: true });
  const pnpm = join(modules, 'pnpm', 'bin', 'pnpm.mjs');
  // CI: never ask; take the lockfile as it is.
  const env = { ...environment(), CI: 'true' };
  const flags = Object.entries(RETRIES).map(([key, value]) => `--${key}=${value}`);
  const { code, output } = await capture([node, pnpm, 'install', '--frozen-lockfile', ...flags], env, root);
  if (code !== 0) throw new Failure(explain(output, 'pnpm install'));
  writeFileSync(marker, wanted);
}

/** What an installation depends on: the lockfile, how pnpm is told to install, and the machine. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

function toolchainWorks() {
  return nodeWorks() && pnpmIsThere();
}

function nodeWorks() {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return stdout?.startsWith('v24.') ?? false;
}

function pnpmIsThere() {
  try {
    return JSON.parse(readFileSync(join(modules, 'pnpm', 'package.json'), 'utf8')).version === PNPM_VERSION;
  } catch {
    return false;
  }
}

async function installToolchain() {
  const pnpm = `pnpm@${PNPM_VERSION}`;
  if (nodeIsRight) return installPackages([pnpm]);
  // What the npm package `node` fetches in an install script, without the script: npm may refuse those.
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${process.platform}-${process.arch}`;
  try {
    await installPackages([`${name}@${NODE_VERSION}`, pnpm]);
  } catch (error) {
    // Not every version is published for every system; any 24 will do.
    if (!/ETARGET|E404|notarget/.test(error.output ?? '')) throw error;
    await installPackages([`${name}@24`, pnpm]);
  }
  if (nodeWorks()) return;
  throw new Failure(
    `The Node 24 that npm offers for ${process.platform} ${process.arch} does not run here; install Node 24 yourself and run it again.`,
  );
}

async function installPackages(packages) {
  const options = {
    cache: join(state, 'npm-cache'),
    'logs-dir': join(state, 'npm-cache', '_logs'),
    loglevel: 'error',
    ...RETRIES,
  };
  const flags = Object.entries(options).map(([key, value]) => `--${key}=${value}`);
  const switches = ['global', 'save', 'package-lock', 'audit', 'fund', 'update-notifier', 'progress'];
  const install = [
    'install',
    ...flags,
    ...switches.map((name) => `--no-${name}`),
    '--ignore-scripts',
    ...packages,
  ];
  // A package of its own, and not --prefix: that would also hide the machine's npmrc with its proxy and keys.
  const folder = dirname(modules);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  // Started by npm, we know which npm that was; it need not be on PATH.
  const cli = process.env.npm_execpath ?? '';
  const { code, output } = cli.endsWith('npm-cli.js')
    ? await capture([process.execPath, cli, ...install], environment(), folder)
    : await capture(['npm', ...install], environment(), folder);
  if (code !== 0) throw Object.assign(new Failure(explain(output, 'npm install')), { output });
}

/** PATH with our Node first, caches inside the checkout. */
function environment() {
  const bins = [nodeIsRight ? dirname(process.execPath) : '', join(modules, '.bin'), process.env.PATH ?? ''];
  return {
    ...process.env,
    PATH: bins.filter(Boolean).join(delimiter),
    NODE_COMPILE_CACHE: join(state, 'compile-cache'),
    // Companies that inspect TLS put their certificate into the system's store; Node looks there only when told.
    NODE_USE_SYSTEM_CA: process.env.NODE_USE_SYSTEM_CA ?? '1',
    XDG_CACHE_HOME: join(state, 'xdg', 'cache'),
    XDG_DATA_HOME: join(state, 'xdg', 'data'),
    XDG_STATE_HOME: join(state, 'xdg', 'state'),
  };
}

/** Runs a command without a word of its output; answers exit code and all it wrote. */
function capture([command, ...args], env, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      // Hundreds of packages fail in the same way; no use in waiting for the last.
      if ((output.match(/Will retry in/g)?.length ?? 0) > MOST_RETRIES) child.kill();
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (error) => {
      reject(
        new Failure(`"${command}" cannot be run (${error.code}); install npm with Node and run it again.`),
      );
    });
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The task as a child that has our terminal; answers its exit code. */
function handOver(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [join(root, script), ...args], {
      cwd: root,
      env: environment(),
      stdio: 'inherit',
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        // Ctrl-C in a terminal reaches the child without us; twice would mean "at once" to many programs.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    onOrphaned(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** One sentence for what went wrong, from what a command or the system said. */
function explain(output, command) {
  if (/ENOSPC|no space left/i.test(output)) {
    return 'The disk is full; free about 2 GB and run it again.';
  }
  if (/EACCES|EPERM|EROFS|permission denied|read-only file system/i.test(output)) {
    return `No permission to write in ${root}; make the folder yours (or clone it elsewhere) and run it again.`;
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|socket hang up/.test(
      output,
    )
  ) {
    return 'The npm registry cannot be reached; check the network or the proxy, and run it again.';
  }
  if (
    /self-signed certificate|CERT_(?:IN_CHAIN|HAS_EXPIRED|UNTRUSTED)|UNABLE_TO_(?:VERIFY|GET_ISSUER)/.test(
      output,
    )
  ) {
    return 'The certificate of the npm registry is not trusted; add your company certificate to the system store (or NODE_EXTRA_CA_CERTS) and run it again.';
  }
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(output)) {
    return 'pnpm-lock.yaml does not match the package.json files; run "pnpm install" and run it again.';
  }
  const log = join(state, 'bootstrap.log');
  writeFileSync(log, output);
  return `${command ?? 'The set-up'} failed; what it said stands in ${log}.`;
}

function say(line) {
  console.log(line);
}
