import { durablesOf, type EventDurable, type EventSubscription } from '../events/index.ts';
import { createOrchestrator, createParticipation, type Orchestrator } from '../sagas/index.ts';
import type { TaskDefinition } from '../tasks/index.ts';
import type { Platform } from './platform.ts';
import type { ServiceParts } from './service.ts';
import { requestCommands } from './task-commands.ts';

/** What works in a service without being asked over HTTP. */
export interface Background {
  readonly sagas: Orchestrator;
  readonly tasks: readonly TaskDefinition[];
  readonly subscriptions: readonly EventSubscription[];
}

/** Joins what a service declares with what sagas and the commands of operators add to it. */
export function backgroundOf(platform: Platform, parts: ServiceParts): Background {
  const sagas = createOrchestrator(platform, parts.sagas ?? []);
  const participation = createParticipation(platform, parts.sagaParticipants ?? []);
  const tasks = [...(parts.tasks ?? []), ...participation.tasks];
  const subscriptions = [
    ...(parts.subscriptions ?? []),
    ...sagas.subscriptions,
    ...participation.subscriptions,
    ...requestCommands(platform, tasks, sagas),
  ];
  return { sagas, tasks, subscriptions };
}

/** The durable consumers of a service, from what it declares: its user at NATS is let to these. */
export function listDurables(platform: Platform, parts: ServiceParts): EventDurable[] {
  const { subscriptions } = backgroundOf(platform, parts);
  return subscriptions.flatMap((subscription) => durablesOf(platform.service, subscription));
}
