import { type Draft, pickType } from './generate-draft.ts';
import { type AbstractModel, createField, type ObjectModel } from './world.ts';

/**
 * An interface with a key, whose members one subgraph knows, and a subgraph of its own in which an object stands for it.
 * The members are the entities that share a home.
 */
export function generateKeyedInterface(
  draft: Draft,
  entities: readonly ObjectModel[],
): AbstractModel | undefined {
  const { random, subgraphs, homes, abstracts } = draft;
  const home = homes.get(entities[0]?.name ?? '');
  const members = entities.filter(({ name }) => homes.get(name) === home);
  if (home === undefined) return undefined;
  const objectIn = 'omega';
  const shared = random.chance(0.7) ? ['label'] : [];
  for (const member of members) addShared(draft, member, shared);
  const fields = ['score', 'motto', 'kin'].slice(0, random.between(1, 3)).map((name) => {
    const type = name === 'kin' ? { of: { name: 'Thing', nonNull: false }, nonNull: false } : pickLeaf(draft);
    const args = random.chance(0.2) ? [{ name: 'size', type: { name: 'Fit', nonNull: false } }] : [];
    return createField(name, type, [objectIn], { args });
  });
  const model: AbstractModel = {
    name: 'Thing',
    kind: 'interface',
    members,
    membersIn: new Map([[home, new Set<string>()]]),
    shared,
    keyed: { home, objectIn, fields },
  };
  subgraphs.push(objectIn);
  abstracts.push(model);
  return model;
}

function pickLeaf(draft: Draft): ReturnType<typeof pickType> {
  return pickType(draft, ['leaf']);
}

/** Interfaces and unions without keys. */
export function generateAbstracts(draft: Draft, candidates: readonly ObjectModel[]): void {
  const { random, abstracts } = draft;
  const add = (name: string, kind: AbstractModel['kind']): void => {
    const members = random.sample(candidates, random.between(1, 3));
    const shared = kind === 'interface' && random.chance(0.6) ? ['label'] : [];
    for (const member of members) addShared(draft, member, shared);
    abstracts.push({ name, kind, members, membersIn: new Map(), shared });
  };
  if (random.chance(0.7)) add('Named', 'interface');
  if (random.chance(0.3)) add('Listed', 'interface');
  if (random.chance(0.6)) add('Found', 'union');
  if (random.chance(0.3)) add('Media', 'union');
}

function addShared({ random, homes }: Draft, member: ObjectModel, shared: readonly string[]): void {
  for (const name of shared) {
    if (member.fields.some((field) => field.name === name)) continue;
    const places = [...member.declaredIn];
    // An entity's is at home in any case, where an interface with a key needs it.
    const owners = member.kind === 'value' ? [] : [homes.get(member.name) ?? '', ...random.sample(places, 1)];
    member.fields.push(createField(name, { name: 'String', nonNull: random.chance(0.3) }, owners));
  }
}

/** Fixes who is a member where, once it is known who declares what. */
export function settleMembers({ random, abstracts, objects }: Draft): void {
  for (const { members, membersIn, kind, keyed } of abstracts) {
    for (const [subgraph, present] of membersIn) {
      members.forEach((member, index) => {
        if (!member.declaredIn.has(subgraph)) return;
        const leaveOut = keyed === undefined && index > 0 && random.chance(kind === 'union' ? 0.3 : 0.15);
        if (!leaveOut) present.add(member.name);
      });
    }
  }
  for (const object of objects) {
    const id = object.fields.find((field) => field.name === 'id');
    for (const subgraph of object.declaredIn) id?.owners.add(subgraph);
  }
}
