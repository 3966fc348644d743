export { CreateQuotaUse1700000000006 } from './quota-table.ts';
export { createQuota, type Quota, type QuotaOptions } from './quota.ts';
