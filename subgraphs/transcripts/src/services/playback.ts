import type { Readable } from 'node:stream';
import type { MeetingAccess } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { DataSource } from 'typeorm';
import type { ByteRange } from '../domain/byte-range.ts';
import { readPlaybackToken, signPlaybackToken } from '../domain/playback-token.ts';
import type { ConsentRule } from '../domain/recording-consent.ts';
import type { Recording } from '../entities/recording.entity.ts';
import { recordingRepository } from '../repositories/recording-repository.ts';
import type { RecordingStorage } from '../storage/recording-storage.ts';
import { refusal } from './refusals.ts';
import { mayHear } from './may-hear.ts';

/** Path at which recordings are heard. */
export const PLAYBACK_PATH = '/recordings';

/** A link lasts as long as somebody may need to hear a meeting once; what it opens is checked whenever it is used. */
const LINK_MS = 2 * 3_600_000;

/** A link to a recording. */
export interface PlaybackLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Gives recordings out. */
export interface Playback {
  /** For who may hear the recording; signed, for nobody else. */
  readonly linkFor: (viewer: UserViewer, recording: Pick<Recording, 'id'>) => PlaybackLink;
  /** @throws AppError `FORBIDDEN` for a token that is wrong or has expired; `NOT_FOUND`. */
  readonly admit: (token: string) => Promise<Recording>;
  readonly read: (recording: Recording, range: ByteRange | null, signal: AbortSignal) => Promise<Readable>;
}

/** What {@link createPlayback} needs. */
export interface PlaybackDeps {
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  readonly storage: RecordingStorage;
  readonly consent: ConsentRule;
  readonly clock: () => Date;
  readonly links: {
    /** The first signs, all verify. */
    readonly signingKeys: readonly string[];
    /** Where clients reach this service. */
    readonly publicUrl: string;
  };
}

/** Builds {@link Playback}. */
export function createPlayback(deps: PlaybackDeps): Playback {
  const { signingKeys, publicUrl } = deps.links;
  return {
    linkFor: ({ userId, workspaceId, role }, { id }) => {
      const expiresAt = new Date(deps.clock().getTime() + LINK_MS);
      const claims = { recordingId: id, workspaceId, userId, role, expiresAtMs: expiresAt.getTime() };
      const url = new URL(`${publicUrl.replace(/\/$/, '')}${PLAYBACK_PATH}`);
      url.searchParams.set('token', signPlaybackToken(signingKeys[0] ?? '', claims));
      return { url: url.href, expiresAt };
    },
    admit: async (token) => {
      const claims = readPlaybackToken(signingKeys, token);
      if (claims === null) throw refusal('FORBIDDEN', 'This is not a link of ours.', ['token']);
      if (claims.expiresAtMs <= deps.clock().getTime())
        throw refusal('FORBIDDEN', 'The link has expired; ask for a new one.', ['token']);
      const { workspaceId, userId, role, recordingId } = claims;
      const [recording] = await recordingRepository(deps.dataSource.manager, workspaceId).find([recordingId]);
      const viewer = { kind: 'user', userId, workspaceId, role, sessionId: 'playback' } as const;
      const meetings = await deps.access.visible(
        viewer,
        recording === undefined ? [] : [recording.meetingId],
      );
      const meeting = meetings.get(recording?.meetingId ?? '');
      if (recording !== undefined && meeting !== undefined && mayHear(deps.consent, viewer, meeting))
        return recording;
      throw refusal('NOT_FOUND', 'There is no such recording.', ['token']);
    },
    read: ({ id }, range, signal) => deps.storage.read(id, range, signal),
  };
}
