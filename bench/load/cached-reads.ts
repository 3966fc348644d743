/**
 * `node bench/load/cached-reads.ts`: what a read costs from the cache and from the database, for each family that is cached:
 * CPU time of our process, of PostgreSQL's backends and of Redis for each read, and how long it takes with 16 under way. The
 * servers' URLs come from the environment (see scripts/servers.ts).
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { createMeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { type Cache, connectRedis, createCache } from '@hoerok/shared/cache';
import { createLogger } from '@hoerok/shared/telemetry';
import { createTestDatabase, testServers } from '@hoerok/shared/testing';
import type { Redis } from 'ioredis';
import { createDataSource as meetingsSource } from '../../subgraphs/meetings/src/data-source.ts';
import { cachedMeetings } from '../../subgraphs/meetings/src/repositories/cached-meetings.ts';
import { createDataSource as todosSource } from '../../subgraphs/todos/src/data-source.ts';
import { cachedTodos } from '../../subgraphs/todos/src/repositories/cached-todos.ts';
import { createDataSource as transcriptsSource } from '../../subgraphs/transcripts/src/data-source.ts';
import { cachedTranscripts } from '../../subgraphs/transcripts/src/repositories/cached-transcripts.ts';
import { createDataSource as usersSource } from '../../subgraphs/users/src/data-source.ts';
import { createProfiles } from '../../subgraphs/users/src/services/profiles.ts';

const READS = 3_000;
const AT_ONCE = 16;
const PEOPLE = 8;

const logger = createLogger({ service: 'bench', level: 'warn' });
const redis = connectRedis(testServers().redisUrl, logger);
const real = createCache({ redis, logger, keyPrefix: `bench-${randomUUID()}` });
/** Reads that all go to the database, as with Redis down. */
const none: Cache = {
  readThrough: (_family, ids, load) => load(ids),
  invalidate: async () => undefined,
  changes: { begin: async () => async () => undefined },
};

type DataSource = ReturnType<typeof usersSource>;

interface Read {
  readonly name: string;
  readonly source: (url: string) => DataSource;
  /** Fills the database and answers the read to measure. */
  readonly prepare: (dataSource: DataSource) => Promise<(cache: Cache) => () => Promise<unknown>>;
}

const workspaceId = 'w';
const viewer: Viewer = { kind: 'user', userId: 'u0', workspaceId, role: 'MEMBER', sessionId: 's' };

const NO_GATEWAY = {
  ready: async () => undefined,
  query: () => Promise.reject(new Error('The gateway is not to be asked.')),
};

const READ_KINDS: readonly Read[] = [
  profiles('one profile', 1),
  profiles('eight profiles', PEOPLE),
  {
    name: 'a meeting with eight people',
    source: meetingsSource,
    prepare: async (dataSource) => {
      await fillMeetings(dataSource);
      return (cache) => {
        const reads = cachedMeetings({ cache, manager: dataSource.manager }, workspaceId);
        return () => reads.find(['m']);
      };
    },
  },
  {
    name: 'three templates of a workspace',
    source: meetingsSource,
    prepare: async (dataSource) => {
      for (const name of ['a', 'b', 'c'])
        await insert(dataSource, 'meeting_template', {
          id: name,
          workspace_id: workspaceId,
          name,
          agenda: ['One', 'Two', 'Three'],
          default_minutes: 60,
          verification_policy: 'ORGANIZER',
        });
      return (cache) => cachedMeetings({ cache, manager: dataSource.manager }, workspaceId).templates;
    },
  },
  {
    name: 'who may see a meeting',
    source: todosSource,
    prepare: async (dataSource) => {
      const state = JSON.stringify(meetingState());
      const row = { meeting_id: 'm', workspace_id: workspaceId, revision: 1, state };
      await insert(dataSource, 'meeting_access', row);
      return (cache) => {
        const access = createMeetingAccess({ dataSource, gateway: NO_GATEWAY, cache });
        return () => access.require(viewer, 'm');
      };
    },
  },
  {
    name: 'the first 20 todos of a meeting and its progress',
    source: todosSource,
    prepare: async (dataSource) => {
      const state = JSON.stringify(meetingState());
      const row = { meeting_id: 'm', workspace_id: workspaceId, revision: 1, state };
      await insert(dataSource, 'meeting_access', row);
      for (let todo = 0; todo < 12; todo += 1)
        await insert(dataSource, 'todo', {
          id: `t${todo}`,
          workspace_id: workspaceId,
          title: `Send draft ${todo}`,
          status: todo % 3 === 0 ? 'DONE' : 'OPEN',
          priority: 'NORMAL',
          meeting_id: 'm',
          created_by_id: 'u1',
          remind_before: [24],
          created_at: new Date(),
          revision: 1,
        });
      return (cache) => {
        const access = createMeetingAccess({ dataSource, gateway: NO_GATEWAY, cache });
        const wanted = { filter: {}, orderBy: 'CREATED_AT', page: { limit: 20, after: undefined } } as const;
        return async () => {
          const todos = cachedTodos({ cache, access, manager: dataSource.manager }, viewer, new Date());
          await Promise.all([todos.list('meeting', ['m'], wanted), todos.tally(['m'])]);
        };
      };
    },
  },
  {
    name: 'ten sections, verification, and ten segments by id',
    source: transcriptsSource,
    prepare: async (dataSource) => {
      const ids = await fillTranscript(dataSource);
      return (cache) => {
        const reads = cachedTranscripts({ cache, manager: dataSource.manager }, workspaceId);
        const page = { limit: 10, after: undefined };
        return () =>
          Promise.all([reads.sectionPages(['t'], page), reads.verification(['t']), reads.segments(ids)]);
      };
    },
  },
];

console.log(
  `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${READS} reads, ${AT_ONCE} at a time`,
);
console.log('CPU µs for each read: our process + PostgreSQL + Redis = all; p50 and p95 in ms');
for (const { name, source, prepare } of READ_KINDS) {
  await using database = await createTestDatabase(source);
  const dataSource = await source(database.url).initialize();
  try {
    const readBy = await prepare(dataSource);
    console.log(`\n${name}`);
    for (const [label, cache] of [
      ['database', none],
      ['cache', real],
    ] as const)
      console.log(`  ${label.padEnd(9)}${await measure(dataSource, redis, readBy(cache))}`);
  } finally {
    await dataSource.destroy();
  }
}
redis.disconnect();

async function measure(dataSource: DataSource, client: Redis, read: () => Promise<unknown>): Promise<string> {
  await repeat(read, READS / 4);
  const before = await spent(dataSource, client);
  const times = await repeat(read, READS);
  const after = await spent(dataSource, client);
  const [own, postgres, cache] = after.map((us, place) => (us - (before[place] ?? 0)) / READS);
  const parts = [own, postgres, cache].map((us) => (us ?? 0).toFixed(0));
  const all = ((own ?? 0) + (postgres ?? 0) + (cache ?? 0)).toFixed(0);
  const at = (share: number): string => (times[Math.floor(share * times.length)] ?? 0).toFixed(2);
  return `${parts.join(' + ')} = ${all} µs, p50 ${at(0.5)}, p95 ${at(0.95)}`;
}

async function repeat(read: () => Promise<unknown>, count: number): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await read();
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return times.sort((a, b) => a - b);
}

/** CPU microseconds so far: ours, of the backends of this database, of Redis (whoever else uses it). */
async function spent(dataSource: DataSource, client: Redis): Promise<number[]> {
  const { user, system } = process.cpuUsage();
  const backends: { pid: number }[] = await dataSource.query(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  );
  const ticks = await Promise.all(backends.map(({ pid }) => ticksOf(pid)));
  const cpu = await client.info('cpu');
  const seconds = ['used_cpu_user', 'used_cpu_sys'].map((key) =>
    Number(cpu.match(new RegExp(`^${key}:(.*)$`, 'm'))?.[1] ?? 0),
  );
  return [
    user + system,
    ticks.reduce((sum, one) => sum + one, 0) * 10_000,
    seconds.reduce((sum, one) => sum + one, 0) * 1_000_000,
  ];
}

/** Hundredths of a second; 0 where there is no /proc, or PostgreSQL runs elsewhere. */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

function profiles(name: string, count: number): Read {
  return {
    name,
    source: usersSource,
    prepare: async (dataSource) => {
      await insert(dataSource, 'workspace', { id: workspaceId, name: 'Bench', created_at: new Date() });
      for (let person = 0; person < PEOPLE; person += 1)
        await insert(dataSource, 'user_account', {
          id: `u${person}`,
          workspace_id: workspaceId,
          email: `u${person}@example.com`,
          name: `Person ${person}`,
          locale: 'ko',
          time_zone: 'Asia/Seoul',
          role: 'MEMBER',
          active: true,
          aliases: ['An alias'],
          revision: 1,
          created_at: new Date(),
        });
      const ids = Array.from({ length: count }, (_, person) => `u${person}`);
      return (cache) => {
        const people = createProfiles({ cache, dataSource });
        return () => people.read(workspaceId, ids);
      };
    },
  };
}

async function fillMeetings(dataSource: DataSource): Promise<void> {
  await insert(dataSource, 'meeting', {
    id: 'm',
    workspace_id: workspaceId,
    title: 'Release sync',
    status: 'ENDED',
    language: 'ko',
    scheduled_start: new Date(),
    time_zone: 'Asia/Seoul',
    organizer_id: 'u0',
    verification_policy: 'QUORUM',
    revision: 4,
  });
  for (let position = 0; position < PEOPLE; position += 1)
    await insert(dataSource, 'participant', {
      id: `p${position}`,
      meeting_id: 'm',
      user_id: `u${position}`,
      role: position === 0 ? 'ORGANIZER' : 'REQUIRED',
      position,
    });
}

/** A transcript of ten sections with ten segments each; answers the ids of one segment of each. */
async function fillTranscript(dataSource: DataSource): Promise<string[]> {
  const of = { workspace_id: workspaceId };
  await insert(dataSource, 'caption_source', {
    ...of,
    id: 'c',
    meeting_id: 'm',
    created_by: 'u0',
    created_at: new Date(),
  });
  await insert(dataSource, 'transcript', {
    ...of,
    id: 't',
    meeting_id: 'm',
    source_id: 'c',
    state: 'DRAFT',
    current: true,
    origin: 'IMPORT',
    provider: 'captions',
    language: 'ko',
    duration_ms: 600_000,
    word_count: 900,
    revision: 1,
    created_at: new Date(),
  });
  for (let section = 0; section < 10; section += 1) {
    const times = { start_ms: section * 60_000, end_ms: (section + 1) * 60_000 };
    const content = { title: 'What was said', revision: 1, content_hash: 'hash', state: 'UNVERIFIED' };
    const place = { ...of, transcript_id: 't', ...times };
    await insert(dataSource, 'section', { ...place, ...content, id: `s${section}`, position: section });
    for (let segment = 0; segment < 10; segment += 1)
      await insert(dataSource, 'segment', {
        ...place,
        id: `s${section}-${segment}`,
        section_id: `s${section}`,
        seq: section * 10 + segment,
        text: 'We agreed to send the draft on Friday, once legal has read it.',
        revision: 1,
      });
  }
  return Array.from({ length: 10 }, (_, section) => `s${section}-0`);
}

function meetingState(): object {
  return {
    __typename: 'Meeting',
    id: 'm',
    revision: 1,
    title: 'Release sync',
    status: 'ENDED',
    organizerId: 'u0',
    participantUserIds: Array.from({ length: PEOPLE }, (_, person) => `u${person}`),
    language: 'ko',
    timeZone: 'Asia/Seoul',
    scheduledStart: new Date(),
    startedAt: new Date(),
    endedAt: new Date(),
    verificationPolicy: 'QUORUM',
  };
}

async function insert(dataSource: DataSource, table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, place) => `$${place + 1}`).join(', ');
  await dataSource.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
    Object.values(row),
  );
}
