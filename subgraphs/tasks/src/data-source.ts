import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { TaskSchema } from './entities/task.entity.ts';
import { CreateTaskView1763700000007 } from './migrations/0001-create-task-view.ts';

/** The data source of the tasks database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [TaskSchema],
    migrations: [CreateTaskView1763700000007],
  });
}
