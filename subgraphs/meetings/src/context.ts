import { createPeople } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import { cachedCount, type StatisticsSpan } from '@hoerok/shared/statistics';
import type { MeetingsConfig } from './config.ts';
import { createShareLinks, deriveLinkKeys, type ShareLinks } from './domain/share-link.ts';
import type { MeetingShare } from './entities/meeting-share.entity.ts';
import type { ShareChange } from './entities/share-change.entity.ts';
import { shareRepository } from './repositories/share-repository.ts';
import { type AttendMeeting, createAttendMeeting } from './services/attend-meeting.ts';
import { createLinkAccess, type LinkAccess } from './services/link-access.ts';
import { createShareMeeting, type ShareMeeting } from './services/share-meeting.ts';
import { type ChangeMeeting, createChangeMeeting } from './services/change-meeting.ts';
import type { AgendaItem } from './entities/agenda-item.entity.ts';
import type { Meeting } from './entities/meeting.entity.ts';
import type { Participant } from './entities/participant.entity.ts';
import type { Template } from './domain/template.ts';
import { cachedMeetings, isVisible } from './repositories/cached-meetings.ts';
import type { MeetingRecord } from './repositories/meeting-family.ts';
import { type MeetingRepository, meetingRepository } from './repositories/meeting-repository.ts';
import { type TemplateRepository, templateRepository } from './repositories/template-repository.ts';
import { createDeleteMeeting } from './services/delete-meeting.ts';
import { createSaveTemplate } from './services/save-template.ts';
import { createScheduleMeeting } from './services/schedule-meeting.ts';
import { countMeetings } from './repositories/meeting-statistics.ts';

/** The use cases of the meetings domain. */
export interface Services {
  readonly countMeetings: (span: StatisticsSpan) => ReturnType<typeof countMeetings>;
  readonly scheduleMeeting: ReturnType<typeof createScheduleMeeting>;
  readonly changeMeeting: ChangeMeeting;
  readonly deleteMeeting: ReturnType<typeof createDeleteMeeting>;
  readonly saveTemplate: ReturnType<typeof createSaveTemplate>;
  readonly attendMeeting: AttendMeeting;
  readonly shareMeeting: ShareMeeting;
  readonly linkAccess: LinkAccess;
  readonly links: ShareLinks;
}

/** Reads of one request, batched; everything in them is of the viewer's workspace. */
export interface Reads {
  readonly meetings: MeetingRepository;
  readonly templates: TemplateRepository;
  /** Meetings that the viewer may see. */
  readonly meeting: Loader<Meeting>;
  readonly agenda: ReturnType<typeof createGroupLoader<AgendaItem>>;
  readonly participants: ReturnType<typeof createGroupLoader<Participant>>;
  readonly shares: ReturnType<typeof createGroupLoader<MeetingShare>>;
  readonly shareHistory: ReturnType<typeof createGroupLoader<ShareChange>>;
  readonly savedTemplates: () => Promise<readonly Template[]>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
  /** When the request came. */
  readonly now: Date;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(
  platform: Platform<MeetingsConfig>,
): (request: SubgraphRequest) => Context {
  const { service, transact, dataSource, gateway, config } = platform;
  const clock = (): Date => new Date();
  const keys =
    config.SHARE_LINK_KEYS?.map((key) => Buffer.from(key)) ?? deriveLinkKeys(config.INTERNAL_SIGNING_KEYS);
  const links = createShareLinks({ keys, appUrl: config.APP_URL ?? config.GATEWAY_URL });
  const people = createPeople(gateway);
  const services: Services = {
    countMeetings: cachedCount(platform.cache, 'meeting-statistics.v1', (span) =>
      countMeetings(dataSource.manager, span),
    ),
    scheduleMeeting: createScheduleMeeting({ transact, people }),
    changeMeeting: createChangeMeeting({ transact, people, clock }),
    deleteMeeting: createDeleteMeeting({ service, transact }),
    saveTemplate: createSaveTemplate({ transact }),
    attendMeeting: createAttendMeeting({ transact, clock }),
    shareMeeting: createShareMeeting({ transact, people, clock }),
    linkAccess: createLinkAccess({ transact, dataSource, links, clock }),
    links,
  };
  return ({ viewer }) => {
    const reads = viewer === null ? null : createReads(platform, viewer);
    return { viewer, services, reads, now: clock() };
  };
}

function createReads({ dataSource, cache }: Pick<Platform, 'dataSource' | 'cache'>, viewer: Viewer): Reads {
  const cached = cachedMeetings({ cache, manager: dataSource.manager }, viewer.workspaceId);
  const record = createLoader(cached.find, ({ meeting }) => meeting.id);
  const records = async (ids: readonly string[]): Promise<MeetingRecord[]> =>
    (await record.loadMany(ids)).flatMap((found) => {
      if (found instanceof Error) throw found;
      return found ?? [];
    });
  const meetings = meetingRepository(dataSource.manager, viewer.workspaceId);
  const shares = shareRepository(dataSource.manager, viewer.workspaceId);
  const templates = templateRepository(dataSource.manager, viewer.workspaceId);
  let saved: Promise<readonly Template[]> | undefined;
  return {
    meetings,
    templates,
    meeting: createLoader(
      async (ids) =>
        (await records(ids)).filter((one) => isVisible(viewer, one)).map(({ meeting }) => meeting),
      ({ id }) => id,
    ),
    agenda: createGroupLoader(
      (ids) => meetings.agendaOf(ids),
      ({ meetingId }) => meetingId,
    ),
    participants: createGroupLoader(
      async (ids) => (await records(ids)).flatMap(({ participants }) => participants),
      ({ meetingId }) => meetingId,
    ),
    shares: createGroupLoader(
      async (ids) => (await records(ids)).flatMap((one) => one.shares),
      ({ meetingId }) => meetingId,
    ),
    shareHistory: createGroupLoader(
      (ids) => shares.historyOf(ids),
      ({ meetingId }) => meetingId,
    ),
    savedTemplates: () => (saved ??= cached.templates()),
  };
}
