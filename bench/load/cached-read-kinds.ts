import { createMeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { Cache } from '@hoerok/shared/cache';
import { createDataSource as meetingsSource } from '../../subgraphs/meetings/src/data-source.ts';
import { cachedMeetings } from '../../subgraphs/meetings/src/repositories/cached-meetings.ts';
import { createDataSource as todosSource } from '../../subgraphs/todos/src/data-source.ts';
import { cachedTodos } from '../../subgraphs/todos/src/repositories/cached-todos.ts';
import { createDataSource as transcriptsSource } from '../../subgraphs/transcripts/src/data-source.ts';
import { cachedTranscripts } from '../../subgraphs/transcripts/src/repositories/cached-transcripts.ts';
import { createDataSource as usersSource } from '../../subgraphs/users/src/data-source.ts';
import { createProfiles } from '../../subgraphs/users/src/services/profiles.ts';
import {
  type DataSource,
  fillAccess,
  fillMeeting,
  fillPeople,
  fillTemplates,
  fillTodos,
  fillTranscript,
  PEOPLE,
  workspaceId,
} from './cached-read-rows.ts';

/** A read that is cached. */
export interface Read {
  readonly name: string;
  readonly source: (url: string) => DataSource;
  /** Fills the database and answers the read to measure. */
  readonly prepare: (dataSource: DataSource) => Promise<(cache: Cache) => () => Promise<unknown>>;
}

const viewer: Viewer = { kind: 'user', userId: 'u0', workspaceId, role: 'MEMBER', sessionId: 's' };

const NO_GATEWAY = {
  ready: async () => undefined,
  query: () => Promise.reject(new Error('The gateway is not to be asked.')),
};

/** One for each family that is cached. */
export const READ_KINDS: readonly Read[] = [
  profiles('one profile', 1),
  profiles('eight profiles', PEOPLE),
  {
    name: 'a meeting with eight people',
    source: meetingsSource,
    prepare: async (dataSource) => {
      await fillMeeting(dataSource);
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
      await fillTemplates(dataSource);
      return (cache) => cachedMeetings({ cache, manager: dataSource.manager }, workspaceId).templates;
    },
  },
  {
    name: 'who may see a meeting',
    source: todosSource,
    prepare: async (dataSource) => {
      await fillAccess(dataSource);
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
      await fillAccess(dataSource);
      await fillTodos(dataSource);
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

function profiles(name: string, count: number): Read {
  return {
    name,
    source: usersSource,
    prepare: async (dataSource) => {
      await fillPeople(dataSource);
      const ids = Array.from({ length: count }, (_, person) => `u${person}`);
      return (cache) => {
        const people = createProfiles({ cache, dataSource });
        return () => people.read(workspaceId, ids);
      };
    },
  };
}
