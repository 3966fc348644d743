import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `agenda_item`. */
export interface AgendaItem {
  readonly id: string;
  readonly meetingId: string;
  readonly position: number;
  readonly title: string;
  readonly minutes: number | null;
  readonly ownerId: string | null;
}

/** Maps {@link AgendaItem}. */
export const AgendaItemSchema = new EntitySchema<AgendaItem>({
  name: 'AgendaItem',
  tableName: 'agenda_item',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'agenda_item_pkey' },
    meetingId: {
      type: 'text',
      name: 'meeting_id',
      foreignKey: { target: 'Meeting', name: 'agenda_item_meeting', onDelete: 'CASCADE' },
    },
    position: { type: 'integer' },
    title: { type: 'text' },
    minutes: { type: 'integer', nullable: true },
    ownerId: { type: 'text', name: 'owner_id', nullable: true },
  } satisfies Columns<AgendaItem>,
  indices: [{ name: 'agenda_item_place', columns: ['meetingId', 'position'], unique: true }],
});
