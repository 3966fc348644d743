import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Plain JavaScript: the bootstrap needs it on Node 20, which cannot run TypeScript.

let drafts = 0;

/**
 * When a process began, as an opaque text; with the pid it names one process for good, though pids are
 * used again. Undefined when no such process runs (a zombie does not run).
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processStart(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses may hold spaces; state and start time are the 1st and 20th fields after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout?.trim() || undefined;
}

/**
 * Runs `work` while no other process that uses the same lock file does. A lock whose owner died is taken
 * over. Callers in one process exclude each other too; taking it again inside `work` waits for ever.
 * @template T
 * @param {string} file absolute path; its folder is created
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when another process has held the lock for a second
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  mkdirSync(dirname(file), { recursive: true });
  const owner = `${process.pid} ${processStart(process.pid)}`;
  const mine = `${file}.${process.pid}-${++drafts}`;
  // Link, not create-then-write: the lock appears with its owner inside, never empty.
  writeFileSync(mine, owner);
  let tries = 0;
  try {
    while (!tryLink(mine, file)) {
      if (dropDeadOwner(file, `${mine}.dead`)) continue;
      if (++tries === 10) onWait?.();
      await pause(100);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    if (readOwner(file) === owner) rmSync(file, { force: true });
  }
}

function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether the lock may be free now. */
function dropDeadOwner(file, aside) {
  const owner = readOwner(file);
  if (owner === undefined) return true;
  if (ownerRuns(owner)) return false;
  try {
    renameSync(file, aside);
    // Another process may have taken the lock over between our read and our rename: give it back.
    const moved = readOwner(aside);
    if (moved !== undefined && moved !== owner) tryLink(aside, file);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return true;
}

function ownerRuns(owner) {
  const [pid, ...start] = owner.split(' ');
  return processStart(Number(pid)) === start.join(' ');
}
