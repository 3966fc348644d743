import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `keyword`: a word that marks the meeting, `position` 0 the strongest. */
export interface Keyword {
  readonly minutesId: string;
  readonly position: number;
  readonly text: string;
  readonly weight: number;
  readonly segmentIds: string[];
}

/** Maps {@link Keyword}. */
export const KeywordSchema = new EntitySchema<Keyword>({
  name: 'Keyword',
  tableName: 'keyword',
  columns: {
    minutesId: {
      type: 'text',
      name: 'minutes_id',
      primary: true,
      primaryKeyConstraintName: 'keyword_pkey',
      foreignKey: { target: 'Minutes', name: 'keyword_minutes', onDelete: 'CASCADE' },
    },
    position: { type: 'integer', primary: true, primaryKeyConstraintName: 'keyword_pkey' },
    text: { type: 'text' },
    weight: { type: 'double precision' },
    segmentIds: { type: 'text', name: 'segment_ids', array: true },
  } satisfies Columns<Keyword>,
});
