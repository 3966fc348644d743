import { decodePage, type Page } from '@hoerok/shared/graphql';
import type { SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { PRIORITIES, type Priority } from '../domain/todo-edit.ts';
import type { Todo } from '../entities/todo.entity.ts';

/** In which order todos are listed; of equal ones the newest first, by due date the oldest. */
export type TodoOrder = 'CREATED_AT' | 'DUE_AT' | 'PRIORITY';

interface OrderRule {
  /** What sorts before the id, as SQL on an alias; undefined when the id alone does. */
  readonly expression?: (alias: string) => string;
  readonly descending: boolean;
  /** Type of the expression, for the value in a cursor. */
  readonly type?: string;
  readonly keyOf: (todo: Todo) => string[];
  readonly key: z.ZodType<readonly string[]>;
}

const id = z.string().regex(/^[\w-]{1,100}$/);
const NO_DATE = 'infinity';

const RULES: Readonly<Record<TodoOrder, OrderRule>> = {
  CREATED_AT: { descending: true, keyOf: (todo) => [todo.id], key: z.tuple([id]) },
  DUE_AT: {
    expression: (alias) => `coalesce(${alias}.dueAt, 'infinity'::timestamptz)`,
    descending: false,
    type: 'timestamptz',
    keyOf: (todo) => ['due', todo.dueAt?.toISOString() ?? NO_DATE, todo.id],
    key: z.tuple([z.literal('due'), z.literal(NO_DATE).or(z.iso.datetime()), id]),
  },
  PRIORITY: {
    expression: (alias) => `array_position(ARRAY['${PRIORITIES.join("','")}'], ${alias}.priority)`,
    descending: true,
    type: 'int',
    keyOf: (todo) => ['priority', String(rankOf(todo.priority)), todo.id],
    key: z.tuple([z.literal('priority'), z.string().regex(/^[1-4]$/), id]),
  },
};

function rankOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

/** A page in an order; a cursor of another order is refused. @throws AppError `BAD_INPUT`. */
export function decodeTodoPage(args: Parameters<typeof decodePage>[0], order: TodoOrder): Page {
  return decodePage(args, RULES[order].key);
}

/** What a cursor of an order holds. */
export function keyOf(order: TodoOrder): (todo: Todo) => string[] {
  return RULES[order].keyOf;
}

/** SQL behind `ORDER BY`. */
export function orderSql(order: TodoOrder, alias: string): string {
  const { expression, descending } = RULES[order];
  const direction = descending ? 'DESC' : 'ASC';
  return [...(expression === undefined ? [] : [expression(alias)]), `${alias}.id`]
    .map((part) => `${part} ${direction}`)
    .join(', ');
}

/** Orders the rows of a query whose alias is `todo`. */
export function inOrder(query: SelectQueryBuilder<Todo>, order: TodoOrder): SelectQueryBuilder<Todo> {
  const { expression, descending } = RULES[order];
  const direction = descending ? 'DESC' : 'ASC';
  if (expression !== undefined) query.orderBy(expression('todo'), direction);
  return query.addOrderBy('todo.id', direction);
}

/** SQL of what comes behind the row of a cursor, on the alias `t`, with its parameters. */
export function behind(order: TodoOrder, after: readonly string[]): [string, Record<string, string>] {
  const { expression, descending, type } = RULES[order];
  const sign = descending ? '<' : '>';
  const afterId = after.at(-1) ?? '';
  if (expression === undefined) return [`t.id ${sign} :afterId`, { afterId }];
  const row = `(${expression('t')}, t.id) ${sign} (:afterKey::${type}, :afterId)`;
  return [row, { afterKey: after.at(-2) ?? '', afterId }];
}
