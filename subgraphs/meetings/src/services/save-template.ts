import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { Template } from '../domain/template.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { templateRepository } from '../repositories/template-repository.ts';
import { saveTemplateInput } from './meeting-input.ts';

/** Lists of them have no pages. */
const MAX_TEMPLATES = 100;

/**
 * Saves a template for the workspace; one of the same name is replaced.
 * @throws AppError `BAD_INPUT`, also for the 101st; `NOT_FOUND` for a meeting the viewer may not see; `FORBIDDEN` for a GUEST.
 */
export function createSaveTemplate(deps: {
  readonly transact: Transact;
}): (viewer: UserViewer, input: unknown) => Promise<Template> {
  return async (viewer, input) => {
    const { name, fromMeetingId, agenda, policy } = decodeInput(saveTemplateInput, input);
    if (viewer.role === 'GUEST')
      throw new AppError('FORBIDDEN', 'A guest cannot save templates.', { logLevel: 'debug' });
    return await deps.transact(async (tx) => {
      const source = fromMeetingId == null ? null : await readMeeting(tx, viewer, fromMeetingId);
      const templates = templateRepository(tx, viewer.workspaceId);
      const names = (await templates.listAlone()).map((template) => template.name);
      if (!names.includes(name) && names.length >= MAX_TEMPLATES) throw tooMany();
      return await templates.save({
        id: randomUUIDv7(),
        name,
        agenda: agenda ?? source?.agenda ?? [],
        defaultMinutes: source?.minutes ?? 60,
        verificationPolicy: policy ?? source?.policy ?? 'ORGANIZER',
      });
    });
  };
}

function tooMany(): AppError {
  const message = `A workspace has at most ${MAX_TEMPLATES} templates; save one under the name of another that is there.`;
  return new AppError('BAD_INPUT', message, { logLevel: 'debug', extensions: { path: ['name'] } });
}

async function readMeeting(
  tx: EntityManager,
  viewer: UserViewer,
  id: string,
): Promise<{ agenda: string[]; minutes: number; policy: Template['verificationPolicy'] }> {
  const meetings = meetingRepository(tx, viewer.workspaceId);
  const [meeting] = await meetings.findVisible(viewer, [id]);
  if (meeting === undefined) {
    throw new AppError('NOT_FOUND', 'There is no such meeting, or you do not take part in it.', {
      logLevel: 'debug',
    });
  }
  const lengthMs =
    (meeting.scheduledEnd?.getTime() ?? meeting.scheduledStart.getTime()) - meeting.scheduledStart.getTime();
  return {
    agenda: (await meetings.agendaOf([id])).map(({ title }) => title),
    minutes: Math.max(5, Math.round(lengthMs / 60_000)),
    policy: meeting.verificationPolicy,
  };
}
