import { createPeople } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import { type ChangeMeeting, createChangeMeeting } from './services/change-meeting.ts';
import type { AgendaItem } from './entities/agenda-item.entity.ts';
import type { Meeting } from './entities/meeting.entity.ts';
import type { Participant } from './entities/participant.entity.ts';
import type { Template } from './domain/template.ts';
import { type MeetingRepository, meetingRepository } from './repositories/meeting-repository.ts';
import { type TemplateRepository, templateRepository } from './repositories/template-repository.ts';
import { createDeleteMeeting } from './services/delete-meeting.ts';
import { createSaveTemplate } from './services/save-template.ts';
import { createScheduleMeeting } from './services/schedule-meeting.ts';

/** The use cases of the meetings domain. */
export interface Services {
  readonly scheduleMeeting: ReturnType<typeof createScheduleMeeting>;
  readonly changeMeeting: ChangeMeeting;
  readonly deleteMeeting: ReturnType<typeof createDeleteMeeting>;
  readonly saveTemplate: ReturnType<typeof createSaveTemplate>;
}

/** Reads of one request, batched; everything in them is of the viewer's workspace. */
export interface Reads {
  readonly meetings: MeetingRepository;
  readonly templates: TemplateRepository;
  /** Meetings that the viewer may see. */
  readonly meeting: Loader<Meeting>;
  readonly agenda: ReturnType<typeof createGroupLoader<AgendaItem>>;
  readonly participants: ReturnType<typeof createGroupLoader<Participant>>;
  readonly savedTemplates: () => Promise<readonly Template[]>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(platform: Platform): (request: SubgraphRequest) => Context {
  const { service, transact, dataSource, gateway } = platform;
  const people = createPeople(gateway);
  const services: Services = {
    scheduleMeeting: createScheduleMeeting({ transact, people }),
    changeMeeting: createChangeMeeting({ transact, people, clock: () => new Date() }),
    deleteMeeting: createDeleteMeeting({ service, transact }),
    saveTemplate: createSaveTemplate({ transact }),
  };
  return ({ viewer }) => {
    return { viewer, services, reads: viewer === null ? null : createReads(dataSource, viewer) };
  };
}

function createReads(dataSource: Platform['dataSource'], viewer: Viewer): Reads {
  const meetings = meetingRepository(dataSource.manager, viewer.workspaceId);
  const templates = templateRepository(dataSource.manager, viewer.workspaceId);
  let saved: Promise<readonly Template[]> | undefined;
  return {
    meetings,
    templates,
    meeting: createLoader(
      (ids) => meetings.findVisible(viewer, ids),
      ({ id }) => id,
    ),
    agenda: createGroupLoader(
      (ids) => meetings.agendaOf(ids),
      ({ meetingId }) => meetingId,
    ),
    participants: createGroupLoader(
      (ids) => meetings.participantsOf(ids),
      ({ meetingId }) => meetingId,
    ),
    savedTemplates: () => (saved ??= templates.list()),
  };
}
