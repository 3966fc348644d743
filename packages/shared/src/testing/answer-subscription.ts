import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, validate } from 'graphql';

/**
 * Answers a subscription from the payload of one event alone, as the gateway does before it fetches anything: what an
 * event lacks of the fields asked for is null, or an error where the schema says that it is never null.
 * @param schema address of the subgraph's schema.graphql.
 * @throws AggregateError of the GraphQL errors when the event does not fit.
 */
export async function answerSubscription(
  schema: URL,
  document: string,
  event: { readonly field: string; readonly payload: object },
): Promise<unknown> {
  const built = buildSubgraphSchema({ typeDefs: parse(readFileSync(schema, 'utf8')) });
  const parsed = parse(document);
  const rootValue = { [event.field]: event.payload };
  const result = await execute({ schema: built, document: parsed, rootValue });
  const errors = [...validate(built, parsed), ...(result.errors ?? [])];
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  return result.data?.[event.field];
}
