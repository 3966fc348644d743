/** The environment of the tasks service: nothing beyond what every service reads. */
export { serviceEnvironment as environment } from '@hoerok/shared/config';
