/** The environment of the notifications service: nothing beyond what every service reads. */
export { serviceEnvironment as environment } from '@hoerok/shared/config';
