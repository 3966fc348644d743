import type { Page } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { type TranscriptNote, TranscriptNoteSchema } from '../entities/transcript-note.entity.ts';
import type { OwnedPage } from './owned-page.ts';
import { type OwnedTable, pagesOfOwners } from './pages-of-owners.ts';

/** What happened to the transcripts of one workspace; nothing outside of it can be read or written through it. */
export interface NoteRepository {
  /** The same page of several transcripts, oldest first. */
  readonly pagesOf: (transcriptIds: readonly string[], page: Page) => Promise<OwnedPage<TranscriptNote>[]>;
  readonly insert: (note: TranscriptNote) => Promise<void>;
}

const OF_TRANSCRIPTS: OwnedTable<TranscriptNote> = {
  schema: TranscriptNoteSchema,
  table: 'transcript_note',
  ownerColumn: 'transcript_id',
  ownerOf: ({ transcriptId }) => transcriptId,
  placeColumn: 'id',
  placeType: 'text',
  placeField: 'id',
};

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function noteRepository(tx: EntityManager, workspaceId: string): NoteRepository {
  return {
    pagesOf: (ownerIds, page) => pagesOfOwners(tx, OF_TRANSCRIPTS, { workspaceId, ownerIds, page }),
    insert: async (note) => void (await tx.insert(TranscriptNoteSchema, note)),
  };
}
