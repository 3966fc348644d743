export {
  deleteOld,
  type Retention,
  type RetentionDeps,
  type RetentionRule,
  startRetention,
} from './retention.ts';
