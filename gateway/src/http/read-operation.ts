import type { OperationRequest } from '../execution/pipeline.ts';
import { parseJson } from './request-json.ts';

/** Reads an operation from a JSON body or from query parameters, whose `variables` and `extensions` are JSON text. */
export function readOperation(source: unknown): OperationRequest {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return {};
  const { query, operationName, variables, extensions } = source as Record<string, unknown>;
  return {
    ...(typeof query === 'string' ? { query } : {}),
    ...(typeof operationName === 'string' ? { operationName } : {}),
    ...asRecord('variables', variables),
    ...asRecord('extensions', extensions),
  };
}

function asRecord(
  name: 'variables' | 'extensions',
  value: unknown,
): Pick<OperationRequest, 'variables' | 'extensions'> {
  if (typeof value === 'string') return asRecord(name, parseJson(Buffer.from(value), 'application/json'));
  return typeof value === 'object' && value !== null ? { [name]: value } : {};
}
