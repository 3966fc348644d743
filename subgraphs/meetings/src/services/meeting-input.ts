import { languageTagInput, timeZoneInput } from '@hoerok/shared/graphql';
import { z } from 'zod';
import { PARTICIPANT_ROLES } from '../domain/participants.ts';
import { VERIFICATION_POLICIES } from '../domain/template.ts';

const title = z.string().trim().min(1, 'must not be empty').max(200, 'takes at most 200 characters');
const text = z.string().max(5_000, 'takes at most 5,000 characters');
const agenda = z.array(title).max(100, 'takes at most 100 items');

const participant = z
  .object({
    userId: z.string().nullish(),
    email: z.email('must be an e-mail address').nullish(),
    displayName: z.string().trim().min(1).max(100).nullish(),
    role: z.enum(PARTICIPANT_ROLES).nullish(),
  })
  .refine(({ userId, email, displayName }) => Boolean(userId ?? email ?? displayName), {
    message: 'needs userId, email or displayName',
  })
  .transform(({ userId, email, displayName, role }) => ({
    userId: userId ?? null,
    email: email ?? null,
    displayName: displayName ?? null,
    role: role ?? ('ATTENDEE' as const),
  }));

export const participantsInput = z.array(participant).max(500, 'takes at most 500 participants');

const endsAfterStart = ({
  scheduledStart,
  scheduledEnd,
}: {
  scheduledStart?: Date | null | undefined;
  scheduledEnd?: Date | null | undefined;
}): boolean => scheduledStart == null || scheduledEnd == null || scheduledEnd > scheduledStart;
const endProblem = { message: 'must be after scheduledStart', path: ['scheduledEnd'] };

/** What a new meeting needs. */
export const createMeetingInput = z
  .object({
    clientMutationId: z.string().min(1).max(100).nullish(),
    title,
    scheduledStart: z.date(),
    scheduledEnd: z.date().nullish(),
    timeZone: timeZoneInput,
    language: languageTagInput.nullish(),
    templateId: z.string().nullish(),
    agenda: agenda.nullish(),
    participants: participantsInput.nullish(),
    location: text.nullish(),
    description: text.nullish(),
    verificationPolicy: z.enum(VERIFICATION_POLICIES).nullish(),
    autoAcceptActionItems: z.boolean().nullish(),
  })
  .refine(endsAfterStart, endProblem);

/** What may change of a meeting. */
export const updateMeetingInput = z
  .object({
    id: z.string(),
    expectedRevision: z.number().int(),
    title: title.nullish(),
    scheduledStart: z.date().nullish(),
    scheduledEnd: z.date().nullish(),
    agenda: agenda.nullish(),
    location: text.nullish(),
    description: text.nullish(),
    autoAcceptActionItems: z.boolean().nullish(),
  })
  .refine(endsAfterStart, endProblem);

export const cancelMeetingInput = z.object({ id: z.string(), reason: text.nullish() });

export const saveTemplateInput = z.object({
  name: title,
  fromMeetingId: z.string().nullish(),
  agenda: agenda.nullish(),
  policy: z.enum(VERIFICATION_POLICIES).nullish(),
});
