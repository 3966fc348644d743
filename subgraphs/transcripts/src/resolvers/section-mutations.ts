import { requireUser } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import { snapshotOf } from '@hoerok/shared/tasks';
import type { Context } from '../context.ts';
import type { MutationResolvers, ResolversTypes } from '../generated/resolvers.ts';

type Own = 'editSection' | 'splitSection' | 'verifySection' | 'commentOnSection' | 'resolveComment';
type OfTranscripts =
  | 'renameSpeaker'
  | 'mergeSpeakers'
  | 'lockTranscript'
  | 'unlockTranscript'
  | 'validateTranscript';

const NOT_MERGED = { section: null, autoMerged: false, conflict: null };

/** Mutations of sections, and of what is said about them. */
export const sectionMutations: Required<Pick<MutationResolvers, Own>> = {
  editSection: async (_root, { input }, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    const payload = await payloadOf(NOT_MERGED, async () => {
      const { sectionId, autoMerged, conflict } = await services.editSection(user, input);
      const section = conflict === null ? await reads?.section.load(sectionId) : null;
      return { section: section ?? null, autoMerged, conflict };
    });
    if (payload.conflict === null) return payload;
    const message = 'Somebody else has changed the same segments; nothing was written. See conflict.';
    return { ...payload, userErrors: [{ code: 'CONFLICT', message, path: ['baseRevision'] }] };
  },
  splitSection: async (_root, args, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    return await payloadOf({ section: null, newSection: null }, async () => {
      const { sectionId, newSectionId } = await services.splitSection(user, args);
      const [section, newSection] = await Promise.all([
        reads?.section.load(sectionId),
        reads?.section.load(newSectionId),
      ]);
      return { section: section ?? null, newSection: newSection ?? null };
    });
  },
  verifySection: async (_root, args, { viewer, services, reads }) => {
    const user = requireUser(viewer);
    return await payloadOf(NOT_MERGED, async () => {
      const id = await services.verifySection(user, args);
      return { ...NOT_MERGED, section: (await reads?.section.load(id)) ?? null };
    });
  },
  commentOnSection: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ comment: null }, async () => ({
      comment: await services.commentOnSection(user, args),
    }));
  },
  resolveComment: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ comment: null }, async () => ({
      comment: await services.resolveComment(user, args),
    }));
  },
};

const changed =
  (name: 'renameSpeaker' | 'mergeSpeakers' | 'lockTranscript' | 'unlockTranscript') =>
  async (
    _root: unknown,
    args: object,
    { viewer, services, reads }: Context,
  ): Promise<ResolversTypes['TranscriptPayload']> => {
    const user = requireUser(viewer);
    return await payloadOf({ transcript: null }, async () => {
      const id = await services[name](user, args);
      return { transcript: (await reads?.transcript.load(id)) ?? null };
    });
  };

/** Mutations of a transcript as a whole. */
export const transcriptMutations: Required<Pick<MutationResolvers, OfTranscripts>> = {
  renameSpeaker: changed('renameSpeaker'),
  mergeSpeakers: changed('mergeSpeakers'),
  lockTranscript: changed('lockTranscript'),
  unlockTranscript: changed('unlockTranscript'),
  validateTranscript: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ task: null }, async () => {
      return { task: snapshotOf(await services.validateTranscript(user, args)) };
    });
  },
};
