export { createIsolate, type Isolate, type IsolateOptions } from './isolate.ts';
export type { IsolatedWork, Progress } from './messages.ts';
