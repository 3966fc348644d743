export { listDurables } from './background.ts';
export type { Platform } from './platform.ts';
export { runService } from './run-service.ts';
export {
  operatorRoutes,
  type RunningService,
  type ServiceAdapters,
  type ServiceDefinition,
  type ServiceParts,
  startService,
} from './service.ts';
export { createShutdown, type Shutdown } from './shutdown.ts';
