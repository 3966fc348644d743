export { type Environment, loadConfig } from './load-config.ts';
export { serviceEnvironment, type ServiceConfig } from './service-environment.ts';
