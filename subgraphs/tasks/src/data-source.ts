import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { DeadLetterSchema } from './entities/dead-letter.entity.ts';
import { OperatorAuditSchema } from './entities/operator-audit.entity.ts';
import { TaskSchema } from './entities/task.entity.ts';
import { CreateTaskView1763700000007 } from './migrations/0001-create-task-view.ts';
import { CreateDeadLetterView1763800000007 } from './migrations/0002-create-dead-letter-view.ts';
import { LimitGrowth1763900000007 } from './migrations/0003-limit-growth.ts';
import { IsolateWorkspaces1763900000008 } from './migrations/0004-isolate-workspaces.ts';

/** The data source of the tasks database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [TaskSchema, DeadLetterSchema, OperatorAuditSchema],
    migrations: [
      CreateTaskView1763700000007,
      CreateDeadLetterView1763800000007,
      LimitGrowth1763900000007,
      IsolateWorkspaces1763900000008,
    ],
  });
}
