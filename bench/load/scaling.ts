import { KINDS } from './kinds.ts';

/** CPU milliseconds of one action of a kind, by process, with all work that follows from it. */
export interface KindCost {
  readonly name: string;
  readonly cpuMs: ReadonlyMap<string, number>;
}

/** The aim: 10,000 users at once, 1,000 live meetings, 100,000 meetings a day. */
const AIM = { users: 10_000, liveMeetings: 1_000, meetingsPerDay: 100_000 };
/** Seconds from one action of a user at work to the next. */
const SECONDS_BETWEEN_ACTIONS = 30;
/** Meetings are held in working hours: the busiest hour has this share of the day's. */
const BUSIEST_HOUR = 0.15;
/** A core is planned to be this busy: beyond it times grow. */
const PLANNED = 0.6;
const IMPORT = 'hold a meeting, import captions';

/** What the aim needs, by arithmetic from what was measured: cores by process, and what to add first. */
export function describeScaling(costs: readonly KindCost[]): string {
  const actionsPerSecond = AIM.users / SECONDS_BETWEEN_ACTIONS;
  const importsPerSecond = (AIM.meetingsPerDay * BUSIEST_HOUR) / 3_600;
  const reading = KINDS.filter(({ name }) => name !== IMPORT);
  const shares = reading.reduce((sum, { share }) => sum + share, 0);
  const perSecond = new Map(reading.map(({ name, share }) => [name, (actionsPerSecond * share) / shares]));
  perSecond.set(IMPORT, importsPerSecond);
  const cores = new Map<string, number>();
  for (const { name, cpuMs } of costs) {
    for (const [process, ms] of cpuMs)
      cores.set(process, (cores.get(process) ?? 0) + ((perSecond.get(name) ?? 0) * ms) / 1_000);
  }
  const busiest = [...cores].sort(([, a], [, b]) => b - a);
  const all = busiest.reduce((sum, [, one]) => sum + one, 0);
  const list = busiest
    .filter(([, one]) => one >= 0.05)
    .map(([process, one]) => `${process} ${one.toFixed(1)} (${Math.ceil(one / PLANNED)} processes)`);
  const first = busiest.filter(([process]) => process !== 'postgres')[0]?.[0] ?? '';
  const postgres = cores.get('postgres') ?? 0;
  return [
    `${AIM.users.toLocaleString('en-US')} users at once, an action every ${SECONDS_BETWEEN_ACTIONS} s: ${actionsPerSecond.toFixed(0)} actions/s; ${AIM.meetingsPerDay.toLocaleString('en-US')} meetings a day, ${100 * BUSIEST_HOUR} % of them in the busiest hour: ${importsPerSecond.toFixed(1)} imports with minutes a second; ${AIM.liveMeetings.toLocaleString('en-US')} live meetings: a subscription costs memory, and CPU only when something happens (npm run bench:subscriptions).`,
    `Cores by arithmetic: ${all.toFixed(1)} busy, ${Math.ceil(all / PLANNED)} at ${100 * PLANNED} % busy: ${list.join(', ')}.`,
    `Add first: processes of "${first}" (every service is stateless: they share queues by their rows and streams by their consumers). PostgreSQL needs ${postgres.toFixed(1)} cores; each service has a database of its own, which can move to a server of its own before any is split.`,
  ].join('\n');
}
