import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { TodoChangeSchema } from './entities/todo-change.entity.ts';
import { TodoSchema } from './entities/todo.entity.ts';
import { CreateTodos1763700000001 } from './migrations/0001-create-todos.ts';
import { RemindOfDueTodos1763700000002 } from './migrations/0002-remind-of-due-todos.ts';

/** The data source of the todos database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [TodoSchema, TodoChangeSchema],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateTodos1763700000001,
      RemindOfDueTodos1763700000002,
    ],
  });
}
