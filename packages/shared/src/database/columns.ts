import type { EntitySchemaColumnOptions } from 'typeorm';

/** The columns of an entity class, one for each of its fields: a forgotten column does not compile. */
export type Columns<T> = { readonly [K in keyof T]-?: EntitySchemaColumnOptions };
