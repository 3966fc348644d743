export { type Environment, loadConfig } from './load-config.ts';
export { migrationEnvironment, serviceEnvironment, type ServiceConfig } from './service-environment.ts';
