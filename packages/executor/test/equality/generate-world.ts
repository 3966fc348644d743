import { generateAbstracts, generateKeyedInterface, settleMembers } from './generate-abstract.ts';
import { generateDirectives } from './generate-directives.ts';
import { declareType, type Draft, pickType, WORDS } from './generate-draft.ts';
import { generateRoots } from './generate-roots.ts';
import { createRandom } from './random.ts';
import { createField, type EnumModel, type ObjectModel, type World } from './world.ts';

const SUBGRAPHS = ['alpha', 'beta', 'gamma', 'delta'] as const;
const ENTITIES = ['Book', 'Person', 'Store', 'Review'] as const;
const INSTANCES = 4;

/** Draws a supergraph. Not each one composes: the caller asks again with another seed. */
export function generateWorld(seed: string): World {
  const random = createRandom(seed);
  const subgraphs = SUBGRAPHS.slice(0, random.between(2, SUBGRAPHS.length));
  const draft: Draft = {
    random,
    wild: random.chance(0.25),
    subgraphs: [...subgraphs],
    objects: [],
    abstracts: [],
    homes: new Map(),
  };
  const entities = ENTITIES.slice(0, random.between(2, ENTITIES.length)).map((name) =>
    generateEntity(draft, name),
  );
  const values = ['Size3d', 'Place'].slice(0, random.between(1, 2)).map((name) => generateValue(draft, name));
  for (const value of values) addValueFields(draft, value, entities);
  const keyed = random.chance(0.35) ? generateKeyedInterface(draft, entities) : undefined;
  generateAbstracts(draft, [...entities, ...values]);
  for (const entity of entities) addEntityFields(draft, entity);
  const roots = generateRoots(draft, entities);
  generateDirectives(draft, entities, keyed);
  const enums = generateEnums(draft);
  settleMembers(draft);
  return {
    seed,
    wild: draft.wild,
    subgraphs: draft.subgraphs,
    objects: [...draft.objects, ...roots],
    abstracts: draft.abstracts,
    enums,
    instances: INSTANCES,
  };
}

function generateEnums({ random, subgraphs }: Draft): EnumModel[] {
  const colors = ['RED', 'GREEN', 'BLUE', 'GRAY'];
  const some = new Map(
    subgraphs.map((name) => [name, random.chance(0.3) ? random.sample(colors, 3) : colors] as const),
  );
  const ranks = new Map(
    subgraphs.map((name) => [name, random.chance(0.3) ? ['LOW', 'HIGH', 'TOP'] : ['LOW', 'HIGH']] as const),
  );
  return [
    { name: 'Color', values: colors, valuesIn: some },
    { name: 'Fit', values: ['S', 'M', 'L'], valuesIn: new Map() },
    { name: 'Rank', values: ['LOW', 'HIGH'], valuesIn: ranks },
  ];
}

function generateEntity({ random, subgraphs, objects, homes }: Draft, name: string): ObjectModel {
  const home = random.pick(subgraphs);
  homes.set(name, home);
  const id = createField('id', { name: 'ID', nonNull: true }, []);
  const entity: ObjectModel = {
    name,
    kind: 'entity',
    fields: [id],
    keys: new Map(),
    declaredIn: new Set(),
  };
  objects.push(entity);
  const options = ['id'];
  if (random.chance(0.4)) options.push('code region');
  if (random.chance(0.4)) options.push('sku');
  if (random.chance(0.3)) options.push('ref { code part }');
  for (const option of options) addKeyFields(objects, entity, option);
  for (const subgraph of subgraphs) {
    if (subgraph !== home && !random.chance(0.6)) continue;
    const chosen = subgraph === home ? options : random.sample(options, random.chance(0.2) ? 2 : 1);
    declareEntity(entity, subgraph, chosen, true);
  }
  return entity;
}

function addKeyFields(objects: ObjectModel[], entity: ObjectModel, option: string): void {
  if (option === 'id') return;
  const string = { name: 'String', nonNull: true };
  if (!option.startsWith('ref')) {
    for (const name of option.split(' ')) entity.fields.push(createField(name, string, []));
    return;
  }
  const ref = `${entity.name}Ref`;
  entity.fields.push(createField('ref', { name: ref, nonNull: true }, []));
  objects.push({
    name: ref,
    kind: 'value',
    fields: [createField('code', string, []), createField('part', string, [])],
    keys: new Map(),
    declaredIn: new Set(),
  });
}

function declareEntity(
  entity: ObjectModel,
  subgraph: string,
  keys: readonly string[],
  resolvable: boolean,
): void {
  entity.declaredIn.add(subgraph);
  entity.keys.set(
    subgraph,
    keys.map((fields) => ({ fields, resolvable })),
  );
}

function generateValue({ objects }: Draft, name: string): ObjectModel {
  const value: ObjectModel = {
    name,
    kind: 'value',
    fields: [createField('id', { name: 'ID', nonNull: true }, [])],
    keys: new Map(),
    declaredIn: new Set(),
  };
  objects.push(value);
  return value;
}

function addValueFields(draft: Draft, value: ObjectModel, entities: readonly ObjectModel[]): void {
  const { random, objects } = draft;
  for (const name of random.sample(WORDS, random.between(2, 4))) {
    value.fields.push(createField(name, pickType(draft, ['leaf']), []));
  }
  if (random.chance(0.3)) {
    value.fields.push(createField('owner', { name: random.pick(entities).name, nonNull: false }, []));
  }
  const later = objects[objects.indexOf(value) + 1];
  if (later?.kind === 'value' && later.name !== 'Ref') {
    value.fields.push(createField('inner', { name: later.name, nonNull: random.chance(0.3) }, []));
  }
}

function addEntityFields(draft: Draft, entity: ObjectModel): void {
  const { random } = draft;
  const places = [...entity.declaredIn];
  for (const name of random.sample(WORDS, random.between(3, 7))) {
    if (entity.fields.some((field) => field.name === name)) continue;
    const owners = random.sample(places, random.chance(0.25) ? 2 : 1);
    const type = pickType(draft, ['leaf', 'leaf', 'entity', 'value', 'abstract'], owners);
    const args = random.chance(0.15)
      ? [
          { name: 'size', type: { name: 'Fit', nonNull: false }, defaultValue: 'M' },
          { name: 'page', type: { name: 'Page', nonNull: false } },
        ]
      : [];
    const field = createField(name, type, owners, { args });
    if (type.nonNull && owners.length > 1 && random.chance(0.3)) field.looseIn.add(random.pick(owners));
    entity.fields.push(field);
    for (const owner of owners) declareType(draft, type, owner);
  }
  for (const [subgraph, keys] of entity.keys) {
    for (const { fields } of keys) {
      for (const field of entity.fields) {
        if (fields.split(/\W+/).includes(field.name)) {
          field.owners.add(subgraph);
          declareType(draft, field.type, subgraph);
        }
      }
    }
  }
}
