import type { EventPayload } from './stored-event.ts';

const FILTER = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)=\{args\.([A-Za-z_]\w*)\}$/;

/** Picks the events of one object out of a subject that holds those of many. */
export interface EventFilter {
  readonly text: string;
  /** Name of the field's argument that it uses. */
  readonly argument: string;
  readonly matches: (payload: EventPayload, args: Readonly<Record<string, unknown>>) => boolean;
}

/**
 * Compiles `path={args.x}`: the events whose payload holds the value of the argument at a dotted path. Without the argument
 * nothing matches.
 * @throws Error when the text is anything else.
 */
export function compileFilter(text: string): EventFilter {
  const match = FILTER.exec(text);
  if (match === null) throw new Error(`the filter "${text}" is not of the form "field={args.name}"`);
  const path = (match[1] ?? '').split('.');
  const argument = match[2] ?? '';
  return Object.freeze({
    text,
    argument,
    matches: (payload: EventPayload, args: Readonly<Record<string, unknown>>) => {
      const wanted = args[argument];
      return wanted !== undefined && wanted !== null && valueAt(payload, path) === wanted;
    },
  });
}

/** What lies at a path of a payload; `undefined` when nothing does. */
export function valueAt(payload: EventPayload, path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const name of path) {
    value = typeof value === 'object' && value !== null ? (value as EventPayload)[name] : undefined;
  }
  return value;
}
