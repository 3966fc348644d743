import { taskChanged } from '../contracts/index.ts';
import { eventHeaders } from '../outbox/index.ts';

// What rows of `task` have to tell, as parts of the statements that change them.

/** What all events of a statement have in common; the rest is made of each row. */
export function eventHeadersOf(service: string): string {
  return JSON.stringify(eventHeaders(taskChanged(service)));
}

/** Adds an event for each row of `source`; `service` and the one behind it are the numbers of its parameters. */
export function tellEvents(source: string, service: number): string {
  return `INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload)
    SELECT event_id, 'task:' || id, 'evt.' || $${service} || '.' || workspace_id || '.task.' || id || '.changed',
      $${service + 1}::jsonb || jsonb_strip_nulls(jsonb_build_object('ce-id', event_id, 'ce-subject', id,
        'x-workspace-id', workspace_id, 'x-actor-id', requested_by)), ${SNAPSHOT}::text
    FROM (SELECT *, gen_random_uuid()::text AS event_id FROM ${source}) told`;
}

/** Adds a message for each row of `source` that tells a worker to look at it; `service` is the number of the parameter. */
export function wakeUps(source: string, service: number): string {
  // Not under the key of the task: the worker need not wait until the event is stored.
  return `INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload)
    SELECT gen_random_uuid(), 'wake:' || id, 'task.' || $${service} || '.' || kind || '.' || lane,
      headers || jsonb_build_object('x-task-id', id, 'x-workspace-id', workspace_id), json_build_object('taskId', id)::text
    FROM ${source}`;
}

/** What `snapshotOf` makes of a row, in SQL: a test holds the two against each other. */
const SNAPSHOT = `json_build_object('__typename', 'Task', 'id', id, 'kind', kind,
  'status', CASE state WHEN 'RETRYING' THEN 'PENDING' ELSE state END, 'priority', upper(lane), 'progress', progress,
  'stage', stage, 'attempt', attempt, 'maxAttempts', max_attempts, 'revision', revision,
  'createdAt', ${instant('created_at')}, 'startedAt', ${instant('started_at')}, 'finishedAt', ${instant('finished_at')},
  'nextAttemptAt', ${instant('next_run_at')}, 'error', error, 'requestedBy', ${reference('User', 'requested_by')},
  'meeting', ${reference('Meeting', 'meeting_id')}, 'watchers', watchers)`;

function instant(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

function reference(typename: string, column: string): string {
  return `CASE WHEN ${column} IS NOT NULL THEN json_build_object('__typename', '${typename}', 'id', ${column}) END`;
}
