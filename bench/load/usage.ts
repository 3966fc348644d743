import { readdirSync, readFileSync } from 'node:fs';

/** CPU and memory of the processes of a system, by name. */
export interface Usage {
  /** CPU time since each began, with its threads and children. */
  readonly cpuMs: ReadonlyMap<string, number>;
  readonly rssMb: ReadonlyMap<string, number>;
}

const MS_PER_TICK = 10;
const BYTES_PER_PAGE = 4_096;

/** Reads /proc; zeros where there is none. A process has its children with it, but for those that have a name of their own. */
export function readUsage(pids: Readonly<Record<string, number>>): Usage {
  const children = childrenByParent(new Set(Object.values(pids)));
  const cpuMs = new Map<string, number>();
  const rssMb = new Map<string, number>();
  for (const [name, pid] of Object.entries(pids)) {
    const family = [pid, ...descendants(children, pid)].map(readStat);
    // Children that have ended count with the process that waited for them.
    cpuMs.set(name, family.reduce((sum, { ticks }) => sum + ticks, 0) * MS_PER_TICK);
    rssMb.set(
      name,
      (family.reduce((sum, { privatePages }) => sum + privatePages, 0) * BYTES_PER_PAGE) / 2 ** 20,
    );
  }
  return { cpuMs, rssMb };
}

/** CPU milliseconds from one reading to the next, by name. */
export function spentBetween(before: Usage, after: Usage): Map<string, number> {
  return new Map([...after.cpuMs].map(([name, ms]) => [name, ms - (before.cpuMs.get(name) ?? 0)]));
}

interface Stat {
  readonly ticks: number;
  /** Resident without what is shared: PostgreSQL's processes share their buffers. */
  readonly privatePages: number;
}

function readStat(pid: number): Stat {
  const fields = fieldsOf(pid);
  // utime, stime, and both of children that were waited for.
  const ticks = [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place] ?? 0), 0);
  const [, resident = 0, shared = 0] = read(`/proc/${pid}/statm`).split(' ').map(Number);
  return { ticks, privatePages: Math.max(0, resident - shared) };
}

function childrenByParent(named: ReadonlySet<number>): Map<number, number[]> {
  const children = new Map<number, number[]>();
  let all: string[] = [];
  try {
    all = readdirSync('/proc');
  } catch {
    // No /proc: nothing is known of anybody.
  }
  for (const entry of all) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || named.has(pid)) continue;
    const parent = Number(fieldsOf(pid)[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

function descendants(children: ReadonlyMap<number, number[]>, pid: number): number[] {
  const own = children.get(pid) ?? [];
  return [...own, ...own.flatMap((child) => descendants(children, child))];
}

/** What follows the name in parentheses, which may hold spaces: the state first, then the parent. */
function fieldsOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
