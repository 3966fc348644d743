import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { FallbackCode } from '../domain/fallback.ts';

/** A row of the table `minutes`: the outcome of one analysis. Never changed once written; its items may be. */
export interface Minutes {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly transcriptId: string;
  /** Counts within the meeting. */
  readonly revision: number;
  readonly language: string;
  readonly generatedAt: Date;
  readonly provider: string;
  /** Of a language model. */
  readonly providerModel: string | null;
  /** Of a language model: the words it was asked by. */
  readonly promptVersion: string | null;
  /** Why a language model did not write them although it was to. */
  readonly fallbackCode: FallbackCode | null;
  /** Of a language model: what of its work did not get through. */
  readonly dropped: DroppedWork | null;
  readonly transcriptRevision: number;
  readonly overview: string;
}

/** What of a language model's work is not in the minutes, counted. */
export interface DroppedWork {
  readonly items: number;
  readonly quotes: number;
  readonly assignees: number;
  readonly dueDates: number;
  /** Sections of the transcript whose answer could not be used. */
  readonly sections: number;
  readonly ofSections: number;
}

/** Maps {@link Minutes}. */
export const MinutesSchema = new EntitySchema<Minutes>({
  name: 'Minutes',
  tableName: 'minutes',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'minutes_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    transcriptId: { type: 'text', name: 'transcript_id' },
    revision: { type: 'integer' },
    language: { type: 'text' },
    generatedAt: { type: 'timestamptz', name: 'generated_at' },
    provider: { type: 'text' },
    providerModel: { type: 'text', name: 'provider_model', nullable: true },
    promptVersion: { type: 'text', name: 'prompt_version', nullable: true },
    fallbackCode: { type: 'text', name: 'fallback_code', nullable: true },
    dropped: { type: 'jsonb', nullable: true },
    transcriptRevision: { type: 'integer', name: 'transcript_revision' },
    overview: { type: 'text' },
  } satisfies Columns<Minutes>,
  indices: [
    { name: 'minutes_by_time', columns: ['workspaceId', 'generatedAt'] },
    { name: 'minutes_revision', columns: ['meetingId', 'revision'], unique: true },
    { name: 'minutes_by_transcript', columns: ['transcriptId', 'revision'] },
  ],
});
