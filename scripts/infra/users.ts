import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from '../lock.mjs';

let registrations = 0;

/**
 * Notes that this process uses the servers of a state folder, as a file in `run/users`.
 * @returns removes the note again
 */
export function registerUser(stateDir: string): () => void {
  const folder = join(stateDir, 'run', 'users');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}-${++registrations}`);
  writeFileSync(file, processStart(process.pid) ?? '');
  return () => rmSync(file, { force: true });
}

/** How many registered users still run. Notes of processes that died are removed on the way. */
export function countUsers(stateDir: string): number {
  const folder = join(stateDir, 'run', 'users');
  return readdirSync(folder).filter((name) => {
    const alive = processStart(Number.parseInt(name, 10)) === readFileSync(join(folder, name), 'utf8');
    if (!alive) rmSync(join(folder, name), { force: true });
    return alive;
  }).length;
}
