import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { type CaptionSource, CaptionSourceSchema } from '../entities/caption-source.entity.ts';

/** A source without its content, which may be large. */
export interface SourceState {
  readonly id: string;
  readonly meetingId: string;
  readonly arrived: boolean;
}

/** What became of a file that arrived: `taken` means that an import has read an earlier one. */
export type Arrival = 'stored' | 'taken' | 'unknown';

/** Raw captions of one workspace; nothing outside of it can be read or written through it. */
export interface CaptionSourceRepository {
  readonly insert: (source: CaptionSource) => Promise<void>;
  /** Locks the row until the transaction ends. */
  readonly findForUpdate: (id: string) => Promise<SourceState | null>;
  readonly markImported: (id: string, at: Date) => Promise<void>;
  /** Keeps the file of an upload; it may be sent again until it is imported. */
  readonly storeContent: (id: string, content: Buffer) => Promise<Arrival>;
  readonly contentOf: (id: string) => Promise<Buffer | null>;
  /** Deletes places for uploads that nobody has imported. */
  readonly deleteUnused: (createdBefore: Date) => Promise<void>;
  /** No transcript may be made of them any more. */
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function captionSourceRepository(tx: EntityManager, workspaceId: string): CaptionSourceRepository {
  return {
    insert: async (source) => void (await tx.insert(CaptionSourceSchema, source)),
    findForUpdate: async (id) => {
      const rows: SourceState[] = await tx.query(
        `SELECT id, meeting_id AS "meetingId", content IS NOT NULL AS arrived FROM caption_source
         WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
        [workspaceId, id],
      );
      return rows[0] ?? null;
    },
    markImported: async (id, importedAt) =>
      void (await tx.update(CaptionSourceSchema, { id, workspaceId }, { importedAt })),
    storeContent: async (id, content) => {
      const { affected } = await tx.update(
        CaptionSourceSchema,
        { id, workspaceId, importedAt: IsNull() },
        { content },
      );
      if (affected === 1) return 'stored';
      return (await tx.existsBy(CaptionSourceSchema, { id, workspaceId })) ? 'taken' : 'unknown';
    },
    contentOf: async (id) =>
      (await tx.findOne(CaptionSourceSchema, { where: { id, workspaceId }, select: { content: true } }))
        ?.content ?? null,
    deleteOfMeeting: async (meetingId) =>
      void (await tx.delete(CaptionSourceSchema, { workspaceId, meetingId })),
    deleteUnused: async (createdBefore) =>
      void (await tx.delete(CaptionSourceSchema, {
        workspaceId,
        importedAt: IsNull(),
        createdAt: LessThan(createdBefore),
      })),
  };
}
