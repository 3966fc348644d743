export { type AuditTrail, createAuditTrail } from './audit-trail.ts';
