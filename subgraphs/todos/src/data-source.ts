import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import { CreateSearch1700000000007 } from '@hoerok/shared/search';
import type { DataSource } from 'typeorm';
import { CalendarFeedSchema } from './entities/calendar-feed.entity.ts';
import { TodoChangeSchema } from './entities/todo-change.entity.ts';
import { TodoSchema } from './entities/todo.entity.ts';
import { CreateTodos1763700000001 } from './migrations/0001-create-todos.ts';
import { RemindOfDueTodos1763700000002 } from './migrations/0002-remind-of-due-todos.ts';
import { RemindAndSearchTodos1763700000003 } from './migrations/0003-remind-and-search-todos.ts';
import { CalendarFeeds1763700000004 } from './migrations/0004-calendar-feeds.ts';
import { IsolateWorkspaces1763700000005 } from './migrations/0005-isolate-workspaces.ts';

/** The data source of the todos database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [TodoSchema, TodoChangeSchema, CalendarFeedSchema],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateSearch1700000000007,
      CreateTodos1763700000001,
      RemindOfDueTodos1763700000002,
      RemindAndSearchTodos1763700000003,
      CalendarFeeds1763700000004,
      IsolateWorkspaces1763700000005,
    ],
  });
}
