import { EntitySchema } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { rowFamilyName, rowSchema } from './row-schema.ts';

interface Row {
  readonly id: string;
  readonly words: readonly string[];
  readonly at: Date;
  readonly endedAt: Date | null;
  readonly share: number;
  readonly open: boolean;
}

const entityOf = (extra: object = {}): EntitySchema<Row> =>
  new EntitySchema<Row>({
    name: 'Row',
    columns: {
      id: { type: 'text', primary: true },
      words: { type: 'text', array: true },
      at: { type: 'timestamptz' },
      endedAt: { type: 'timestamptz', nullable: true },
      share: { type: 'double precision' },
      open: { type: 'boolean' },
      ...extra,
    },
  });
const row: Row = {
  id: 'a',
  words: ['b'],
  at: new Date('2026-03-04T01:02:03.004Z'),
  endedAt: null,
  share: 0.5,
  open: true,
};

describe('a row from JSON', () => {
  const read = (value: object) => rowSchema(entityOf()).safeParse(JSON.parse(JSON.stringify(value)));

  it('is what it was, with its instants', () => {
    expect(read(row).data).toEqual(row);
    expect(read({ ...row, endedAt: row.at }).data).toEqual({ ...row, endedAt: row.at });
  });

  it.each([{ at: null }, { at: 0 }, { at: 'yesterday' }, { share: '1' }, { words: 'b' }, { id: undefined }])(
    'is refused with %o',
    (wrong) => {
      expect(read({ ...row, ...wrong }).success).toBe(false);
    },
  );

  it('has no part in columns that are not selected', () => {
    const schema = rowSchema(entityOf({ search: { type: 'tsvector', select: false } }));
    expect(schema.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
  });

  it('is not made of columns whose JSON says something else than they do', () => {
    expect(() => rowSchema(entityOf({ content: { type: 'bytea' } }))).toThrow(/bytea/);
  });

  it('has another family when a column is added', () => {
    const name = rowFamilyName('row', [entityOf()]);
    expect(name).toMatch(/^row\.[0-9a-f]{8}$/);
    expect(rowFamilyName('row', [entityOf()])).toBe(name);
    expect(rowFamilyName('row', [entityOf({ note: { type: 'text' } })])).not.toBe(name);
  });
});
