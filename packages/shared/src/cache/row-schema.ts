import { createHash } from 'node:crypto';
import type { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';
import { z } from 'zod';
import { AppError } from '../errors/index.ts';

/**
 * Decodes a row of a table from JSON, by the columns of its entity: instants become dates again, and what lacks a column or
 * has another type in it does not fit.
 * @throws AppError `BAD_CONFIGURATION` for a column type that it does not know.
 */
export function rowSchema<T>(entity: EntitySchema<T>): z.ZodType<T> {
  const columns = Object.entries<EntitySchemaColumnOptions | undefined>(entity.options.columns);
  // What is not selected unless asked for is no part of a row.
  const read = columns.filter(([, column]) => column?.select !== false);
  const fields = read.map(([name, column]) => [name, columnSchema(name, column)] as const);
  // The columns of an entity are checked against its interface where it is declared.
  return z.object(Object.fromEntries(fields)) as unknown as z.ZodType<T>;
}

/**
 * Name of a family of values made of rows: it changes with their columns, so that a process of another version of the
 * service neither reads what does not fit nor stores it for the others.
 */
export function rowFamilyName(name: string, entities: readonly EntitySchema[]): string {
  const shape = entities.map(({ options }) => Object.entries(options.columns));
  return `${name}.${createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 8)}`;
}

const BY_TYPE: Readonly<Record<string, z.ZodType>> = {
  text: z.string(),
  integer: z.number(),
  'double precision': z.number(),
  boolean: z.boolean(),
  // Of what JSON has for a date, which is a string; numbers and booleans are none.
  timestamptz: z.iso.datetime().transform((text) => new Date(text)),
  // What TypeORM answers for them.
  bigint: z.string(),
  jsonb: z.unknown(),
};

function columnSchema(name: string, column: EntitySchemaColumnOptions | undefined): z.ZodType {
  const type = BY_TYPE[String(column?.type)];
  if (type === undefined || column?.transformer !== undefined)
    throw new AppError('BAD_CONFIGURATION', `A row with a ${String(column?.type)} (${name}) is not cached.`);
  const value = column?.array === true ? z.array(type) : type;
  return column?.nullable === true ? value.nullable() : value;
}
