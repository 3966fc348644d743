import { composeGraph, bodyOf } from './small-graph.ts';
const g3 = composeGraph({
 alpha: `interface Thing @key(fields: "id") { id: ID! } type Store implements Thing @key(fields: "id") { id: ID! price: Int } type Query { store: Store }`,
 omega: `type Thing @key(fields: "id") @interfaceObject { id: ID! score: String! } type Query { thing: Thing things: [Thing] }` });
const fetcher = async (f: any) => { console.log('  ', f.subgraph, f.body); const b = bodyOf(f);
 if (f.subgraph === 'alpha') return b.query.includes('_entities') ? { data: { _entities: [{ __typename: 'Store', id: '1', price: 3, kind1: 'Store' }] } } : { data: { store: { __typename: 'Store', id: '1', price: 3 } } };
 return b.query.includes('_entities') ? { data: { _entities: [{ __typename: 'Thing', score: 's' }] } } : { data: { thing: { __typename: 'Thing', id: '1', score: 's' } } }; };
for (const q of ['{ store { price score } }', '{ store { __typename price score } }', '{ thing { kind1: __typename ... on Store { score __typename } } }', '{ thing { score ... on Store { price } } }']) try { console.log(q, JSON.stringify(await g3.run(q, fetcher))); } catch (e) { console.log(q, String(e)); }
console.log(JSON.stringify(g3.planOf('{ __typename store { price } }')));
