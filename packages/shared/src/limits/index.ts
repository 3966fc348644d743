export {
  type DocumentCheck,
  type DocumentLimits,
  inspectDocument,
  type OperationShape,
  refusal,
} from './document-limits.ts';
export { fragmentsOf } from './fragments.ts';
export { createTextCache, type TextCache } from './text-cache.ts';
export {
  type Demand,
  type DemandOptions,
  createDemandCompiler,
  type DemandCompiler,
  type OperationDemand,
} from './operation-demand.ts';
