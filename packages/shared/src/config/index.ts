export { type Environment, loadConfig } from './load-config.ts';
export {
  keepDays,
  migrationEnvironment,
  serviceEnvironment,
  type ServiceConfig,
} from './service-environment.ts';
