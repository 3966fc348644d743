import type { Random } from './random.ts';
import type { SubgraphReply } from './contender.ts';

/** What goes wrong in one field of one object, in one subgraph. */
export type FieldFaultKind =
  /** Its resolver gives null. */
  | 'null'
  /** Its resolver throws, with a code. */
  | 'error'
  /** Its resolver throws, with nothing but a message. */
  | 'bare-error'
  /** Its list ends early. */
  | 'short-list'
  /** Its list has a null in it. */
  | 'null-item'
  /** The answer has null there, with no word of an error. */
  | 'silent-null'
  /** The answer has a value of another type there. */
  | 'wrong'
  /** The answer lacks it. */
  | 'absent';

/** What goes wrong with one entity, in one subgraph. */
export type EntityFaultKind =
  /** There is none. */
  | 'missing'
  /** Looking it up fails; the error names its place in `_entities`. */
  | 'reference-error'
  /** Looking it up fails so that all of `_entities` does. */
  | 'entities-error';

/** What goes wrong with a whole subgraph. */
export type SubgraphFaultKind =
  | 'errors-only'
  | 'errors-null-data'
  | 'coded-errors-only'
  | 'status-500'
  | 'status-500-json'
  | 'status-401'
  | 'status-403'
  | 'html'
  | 'refused'
  | 'empty-object'
  | 'null-body'
  | 'broken-json';

/** Where and what; the place does not depend on how a contender fetches. */
export type Fault =
  | {
      readonly level: 'field';
      readonly kind: FieldFaultKind;
      readonly subgraph: string;
      readonly type: string;
      readonly field: string;
      readonly id: string;
      /** For `wrong`: the value. */
      readonly value?: unknown;
    }
  | {
      readonly level: 'entity';
      readonly kind: EntityFaultKind;
      readonly subgraph: string;
      readonly type: string;
      readonly id: string;
    }
  | { readonly level: 'subgraph'; readonly kind: SubgraphFaultKind; readonly subgraph: string };

/** A place where a fault can strike. */
export type Place = Pick<Extract<Fault, { level: 'field' }>, 'subgraph' | 'type' | 'field' | 'id'>;

/** The field name that stands for an entity being looked up. */
export const REFERENCE = '__resolveReference';

export function placeKey({ subgraph, type, field, id }: Place): string {
  return [subgraph, type, field, id].join('|');
}

/** The key of a fault: where it strikes. */
export function faultKey(fault: Fault): string {
  switch (fault.level) {
    case 'field':
      return placeKey(fault);
    case 'entity':
      return placeKey({ ...fault, field: REFERENCE });
    case 'subgraph':
      return fault.subgraph;
  }
}

const FIELD_KINDS: readonly FieldFaultKind[] = [
  'null',
  'null',
  'error',
  'error',
  'bare-error',
  'short-list',
  'null-item',
  'silent-null',
  'wrong',
  'absent',
];
const ENTITY_KINDS: readonly EntityFaultKind[] = [
  'missing',
  'missing',
  'missing',
  'reference-error',
  'reference-error',
  'entities-error',
];
const SUBGRAPH_KINDS: readonly SubgraphFaultKind[] = [
  'errors-only',
  'errors-null-data',
  'coded-errors-only',
  'status-500',
  'status-500-json',
  'status-401',
  'status-403',
  'html',
  'refused',
  'empty-object',
  'null-body',
  'broken-json',
];
const WRONG_VALUES: readonly unknown[] = [
  'surprise',
  'PURPLE',
  17.5,
  true,
  {},
  [],
  [null],
  { __typename: 'Nothing' },
];

/** Draws faults at places that a run without faults has come by. */
export function drawFaults(random: Random, places: readonly Place[]): Fault[] {
  if (places.length === 0) return [];
  const subgraphs = [...new Set(places.map(({ subgraph }) => subgraph))];
  if (random.chance(0.2)) {
    return [{ level: 'subgraph', kind: random.pick(SUBGRAPH_KINDS), subgraph: random.pick(subgraphs) }];
  }
  return random.sample(places, random.pick([1, 1, 2, 3, 6])).map((place): Fault => {
    const { subgraph, type, id } = place;
    if (place.field === REFERENCE) {
      return {
        level: 'entity',
        kind: random.pick(ENTITY_KINDS),
        subgraph,
        type,
        id,
      };
    }
    const kind = random.pick(FIELD_KINDS);
    const wrong = kind === 'wrong' ? { value: random.pick(WRONG_VALUES) } : {};
    return { level: 'field', kind, ...place, ...wrong };
  });
}

/**
 * What a subgraph with a fault answers.
 * @throws Error when there is no connection.
 */
export function faultyReply(kind: SubgraphFaultKind, subgraph: string): SubgraphReply {
  const json = (status: number, body: unknown): SubgraphReply => ({
    status,
    contentType: 'application/json; charset=utf-8',
    text: JSON.stringify(body),
  });
  const error = { message: `${subgraph} is broken` };
  switch (kind) {
    case 'errors-only':
      return json(200, { errors: [error] });
    case 'errors-null-data':
      return json(200, { errors: [{ ...error, path: ['_entities'] }], data: null });
    case 'coded-errors-only':
      return json(200, { errors: [{ ...error, extensions: { code: 'OVERLOADED' } }, error] });
    case 'status-500':
      return { status: 500, contentType: 'text/plain', text: 'Internal Server Error' };
    case 'status-500-json':
      return json(500, { errors: [error] });
    case 'status-401':
      return json(401, {});
    case 'status-403':
      return json(403, {});
    case 'html':
      return { status: 200, contentType: 'text/html', text: '<!doctype html><p>Not what you want.</p>' };
    case 'empty-object':
      return json(200, {});
    case 'null-body':
      return json(200, null);
    case 'broken-json':
      return { status: 200, contentType: 'application/json', text: '{"data":{"a":[1,2' };
    case 'refused':
      throw Object.assign(new Error(`connect ECONNREFUSED ${subgraph}`), { code: 'ECONNREFUSED' });
  }
}
