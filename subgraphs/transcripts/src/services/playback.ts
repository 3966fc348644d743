import type { Readable } from 'node:stream';
import type { MeetingAccess } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { inWorkspace } from '@hoerok/shared/database';
import { ownerOfLink } from '@hoerok/shared/exports';
import type { GatewayClient } from '@hoerok/shared/graphql';
import type { DataSource } from 'typeorm';
import type { ByteRange } from '../domain/byte-range.ts';
import { type PlaybackClaims, readPlaybackToken, signPlaybackToken } from '../domain/playback-token.ts';
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
  /**
   * @throws AppError `FORBIDDEN` for a token that is wrong or has expired, and for who is no member any more; `NOT_FOUND`;
   *   `UNAVAILABLE` when nobody can say who they are by now.
   */
  readonly admit: (token: string) => Promise<Recording>;
  readonly read: (recording: Recording, range: ByteRange | null, signal: AbortSignal) => Promise<Readable>;
}

/** What {@link createPlayback} needs. */
export interface PlaybackDeps {
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  readonly gateway: Pick<GatewayClient, 'query'>;
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
    linkFor: ({ userId, workspaceId }, { id }) => {
      const expiresAt = new Date(deps.clock().getTime() + LINK_MS);
      const claims = { recordingId: id, workspaceId, userId, expiresAtMs: expiresAt.getTime() };
      const url = new URL(`${publicUrl.replace(/\/$/, '')}${PLAYBACK_PATH}`);
      url.searchParams.set('token', signPlaybackToken(signingKeys[0] ?? '', claims));
      return { url: url.href, expiresAt };
    },
    admit: async (token) => {
      const claims = readPlaybackToken(signingKeys, token);
      if (claims === null) throw refusal('FORBIDDEN', 'This is not a link of ours.', ['token']);
      if (claims.expiresAtMs <= deps.clock().getTime())
        throw refusal('FORBIDDEN', 'The link has expired; ask for a new one.', ['token']);
      return await inWorkspace(claims.workspaceId, () => requireHeard(deps, claims));
    },
    read: ({ id }, range, signal) => deps.storage.read(id, range, signal),
  };
}

/** The recording behind a link, as long as the person behind it may hear it. */
async function requireHeard(deps: PlaybackDeps, claims: PlaybackClaims): Promise<Recording> {
  const { workspaceId, userId, recordingId } = claims;
  const viewer = await ownerOfLink(deps.gateway, { workspaceId, userId, sessionId: 'playback' });
  const [recording] = await recordingRepository(deps.dataSource.manager, workspaceId).find([recordingId]);
  const meetings = await deps.access.visible(viewer, recording === undefined ? [] : [recording.meetingId]);
  const meeting = meetings.get(recording?.meetingId ?? '');
  if (recording !== undefined && meeting !== undefined && mayHear(deps.consent, viewer, meeting))
    return recording;
  throw refusal('NOT_FOUND', 'There is no such recording.', ['token']);
}
