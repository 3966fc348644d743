import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'hoerok-audio-';
/** Longer than any task may take, so that nobody works in it any more. */
const LEFT_AFTER_MS = 24 * 3_600_000;

/** A new directory for files of one recording, for this user alone; whoever makes it removes it. */
export async function createWorkDirectory(): Promise<string> {
  return await mkdtemp(join(tmpdir(), PREFIX));
}

/** Removes directories that processes have left which were killed: what people said must not lie about. */
export async function removeLeftovers(now: Date): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const found = await stat(path).catch(() => null);
    if (found === null || found.uid !== process.getuid?.()) continue;
    if (now.getTime() - found.mtimeMs > LEFT_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
