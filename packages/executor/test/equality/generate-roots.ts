import { declareType, type Draft, pickType } from './generate-draft.ts';
import { type ArgumentModel, createField, type ObjectModel, type TypeRef } from './world.ts';

const ID: ArgumentModel = { name: 'id', type: { name: 'ID', nonNull: true } };
const FILTER: ArgumentModel = { name: 'filter', type: { name: 'Filter', nonNull: false } };
const COUNT: ArgumentModel = { name: 'count', type: { name: 'Int', nonNull: false }, defaultValue: '2' };

/** Query and Mutation: each entity by its id and as a list, and some fields of any type. */
export function generateRoots(draft: Draft, entities: readonly ObjectModel[]): ObjectModel[] {
  const query = createRoot('Query');
  const mutation = createRoot('Mutation');
  const { random } = draft;
  const add = (
    root: ObjectModel,
    owners: readonly string[],
    field: NonNullable<Parameters<typeof createField>[3]> & { name: string; type: TypeRef },
  ): void => {
    const model = createField(field.name, field.type, owners, field);
    root.fields.push(model);
    for (const owner of owners) {
      root.declaredIn.add(owner);
      declareType(draft, field.type, owner);
    }
  };
  for (const { name, declaredIn } of entities) {
    const places = [...declaredIn];
    const key = name.toLowerCase();
    const one = { name: key, type: { name, nonNull: false }, args: [ID], behavior: 'by-id' } as const;
    add(query, random.sample(places, random.chance(0.3) ? 2 : 1), one);
    const all: TypeRef = { of: { name, nonNull: random.chance(0.7) }, nonNull: random.chance(0.5) };
    add(query, random.sample(places, 1), { name: `${key}s`, type: all, args: [COUNT] });
    if (random.chance(0.5)) {
      add(mutation, random.sample(places, 1), { ...one, name: `touch${name}` });
    }
  }
  const keyed = draft.abstracts.find((model) => model.keyed !== undefined)?.keyed;
  const ordinary = draft.subgraphs.filter((name) => name !== keyed?.objectIn);
  for (const name of ['found', 'latest', 'report'].slice(0, random.between(1, 3))) {
    const owners = random.sample(ordinary, random.chance(0.35) ? 2 : 1);
    const type = pickType(draft, ['abstract', 'abstract', 'value', 'leaf'], owners);
    add(query, owners, { name, type, args: random.chance(0.5) ? [FILTER] : [] });
  }
  if (keyed !== undefined) {
    const things: TypeRef = { of: { name: 'Thing', nonNull: true }, nonNull: false };
    add(query, [keyed.objectIn], { name: 'things', type: things });
    add(query, [random.chance(0.5) ? keyed.objectIn : keyed.home], {
      name: 'thing',
      type: { name: 'Thing', nonNull: false },
      args: [ID],
      behavior: 'by-id',
    });
  }
  for (const subgraph of random.sample(ordinary, 2)) {
    const name = `bump${subgraph}`;
    add(mutation, [subgraph], { name, type: { name: 'Int', nonNull: random.chance(0.5) }, behavior: 'tick' });
  }
  return [query, mutation];
}

function createRoot(name: string): ObjectModel {
  return { name, kind: 'root', fields: [], keys: new Map(), declaredIn: new Set() };
}
