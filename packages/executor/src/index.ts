export {
  type Answer,
  type CompiledOperation,
  compileOperation,
  type OperationToCompile,
} from './compile-operation.ts';
export type {
  Fetcher,
  JsonObject,
  SubgraphAnswer,
  SubgraphError,
  SubgraphFetch,
} from './fetch/subgraph-fetch.ts';
export { isJsonObject } from './fetch/subgraph-fetch.ts';
