import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VERSION = 'v2.15.1';
const RELEASE = `https://github.com/nats-io/nats-server/releases/download/${VERSION}`;
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm7' };

/** Unpacks the makers' own build of nats-server, checked against the SHA256SUMS of that release. */
export async function unpackNatsRelease(folder: string): Promise<void> {
  const name = `nats-server-${VERSION}-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}.tar.gz`;
  const sums = new TextDecoder().decode(await download(`${RELEASE}/SHA256SUMS`, 20_000));
  const archive = await download(`${RELEASE}/${name}`, 300_000);
  verifyChecksum(name, archive, sums);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, archive);
  await run('tar', ['-xzf', file, '-C', folder]);
  await rm(file);
}

/** @throws Error when the list does not hold that name with the digest of these bytes */
export function verifyChecksum(name: string, bytes: Uint8Array, sums: string): void {
  const expected = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+\*?/))
    .find(([, file]) => file === name)?.[0];
  if (expected === undefined) throw new Error(`${RELEASE} has no ${name}`);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== expected.toLowerCase()) throw new Error(`${name} does not match its published checksum`);
}

async function download(url: string, timeoutMs: number): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
