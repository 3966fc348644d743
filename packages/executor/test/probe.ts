import { composeGraph, bodyOf } from './small-graph.ts';
import { QueryPlanner, prettyFormatQueryPlan } from '@apollo/query-planner';
const graph = composeGraph({
  users: `type Query { me: User users: [User!] self: Query @shareable} type User @key(fields: "id") { id: ID! name: String friend: User }`,
  reviews: `type User @key(fields: "id") { id: ID! reviews(a: Json): [Review!] score: Int } type Review { body: String } scalar Json type Query { self: Query @shareable}`,
});
const show = async (name: string, f: () => Promise<unknown>) => { const t = Date.now(); try { const r = await f(); console.log(name, Date.now() - t, 'ms', JSON.stringify(r).slice(0, 400)); } catch (e) { console.log(name, 'REJECTS', String(e).slice(0,300)); } console.log('   polluted:', ({} as any).polluted); delete (Object.prototype as any).polluted; };
await show('proto', () => graph.run('{ __proto__: me { polluted: name } }', async () => JSON.parse('{"data":{"__proto__":{"polluted":"x"}}}')));
await show('proto absent', () => graph.run('{ __proto__: me { polluted: name } }', async () => JSON.parse('{"data":{}}')));
await show('constructor absent contested', () => graph.run('{ me { constructor: friend { name score } } }', async (f) => JSON.parse(f.subgraph === 'users' ? '{"data":{"me":{"__typename":"User","id":"1"}}}' : '{"data":{"_entities":[{"score":1}]}}')));
await show('typename obj', () => graph.run('{ me { name } }', async () => JSON.parse('{"data":{"me":{"__typename":{"toString":1,"valueOf":1},"name":"a"}}}')));
await show('typename array', () => graph.run('{ me { name } }', async () => JSON.parse('{"data":{"me":{"__typename":["User"],"name":"a"}}}')));
await show('typename other', () => graph.run('{ me { name } }', async () => JSON.parse('{"data":{"me":{"__typename":"Review","name":"a"}}}')));
await show('nested introspection', () => graph.run('{ self { __schema { queryType { name } } } }', async () => JSON.parse('{"data":{"self":{"__typename":"Query"}}}')));
await show('default constructor', () => graph.run('query($constructor: Boolean = true) { me { name @include(if: $constructor) } }', async (f) => { console.log(f.body); return JSON.parse('{"data":{"me":{"name":"a"}}}'); }));
const many = (n: number) => ({ data: { users: Array.from({ length: n }, (_, i) => ({ __typename: 'User', id: String(i) })) } });
for (const n of [20000, 300000]) await show('many ' + n, async () => (await graph.run('{ users { score } }', async (f) => f.subgraph === 'users' ? many(n) : { data: { _entities: (bodyOf(f).variables['representations'] as unknown[]).map(() => ({ score: 1 })) } })).json.length);
for (const n of [1000, 4000]) await show('errors ' + n, async () => (await graph.run('{ users { score } }', async (f) => f.subgraph === 'users' ? many(n) : { data: { _entities: (bodyOf(f).variables['representations'] as unknown[]).map(() => null) }, errors: Array.from({ length: n }, (_, i) => ({ message: 'x', path: ['_entities', i] })) })).errors.length);
const deep = '['.repeat(200000) + ']'.repeat(200000);
const g2 = composeGraph({ a: `scalar Json type Query { json: Json item: Item } type Item @key(fields: "id") { id: ID! x: Json }`, b: `scalar Json type Item @key(fields: "id") { id: ID! x: Json @external y: Int @requires(fields: "x") }` });
await show('deep', () => g2.run('{ json }', async () => JSON.parse(`{"data":{"json":${deep}}}`)));
await show('deep requires', () => g2.run('{ item { y } }', async (f) => JSON.parse(f.subgraph === 'a' ? `{"data":{"item":{"__typename":"Item","id":"1","x":${deep}}}}` : '{"data":{"_entities":[{"y":1}]}}')));
await show('lost error', () => graph.run('{ me { score } }', async (f) => JSON.parse(f.subgraph === 'users' ? '{"data":{"me":{"__typename":"User","id":"1"}}}' : '{"data":{"_entities":[null]},"errors":[{"message":"a","path":["x"]},{"message":"b","path":["_entities",7]},{"message":"c","path":["_entities",0.5]}]}')));
await show('null error', () => graph.run('{ me { name } }', async (f) => JSON.parse('{"data":{"me":{"name":"a"}},"errors":[null,5,{"message":{"toString":1}},{"extensions":"abc"}]}')));
await show('representations variable', () => graph.run('query($representations: Json) { me { reviews(a: $representations) { body } } }', async (f) => { console.log(f.body); return JSON.parse(f.subgraph === 'users' ? '{"data":{"me":{"__typename":"User","id":"1"}}}' : '{"data":{"_entities":[null]}}')}, { representations: [{ __typename: 'User', id: 'forged' }] }));
const g3 = composeGraph({
 alpha: `interface Thing @key(fields: "id") { id: ID! } type Store implements Thing @key(fields: "id") { id: ID! price: Int } type Query { x: Int }`,
 omega: `type Thing @key(fields: "id") @interfaceObject { id: ID! score: String! } type Query { thing: Thing }` });
console.log(JSON.stringify(g3.planOf('{ thing { kind1: __typename ... on Store { score __typename } } }'), null, 1));
console.log(JSON.stringify(g3.planOf('{ thing { kind1: __typename } }'), null, 1));
