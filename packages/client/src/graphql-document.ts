import { HoerokError } from './hoerok-error.ts';

/**
 * The text of an operation. What GraphQL Code Generator makes (`TypedDocumentString`, or a `TypedDocumentNode` that was
 * parsed from text) brings the types of data and variables along.
 */
export type GraphQLDocument<Data, Variables> =
  | string
  | { readonly __apiType?: (variables: Variables) => Data; readonly toString: () => string };

/**
 * The text of a document.
 * @throws HoerokError `BAD_DOCUMENT` for a syntax tree that does not remember its text.
 */
export function textOf(document: GraphQLDocument<unknown, never>): string {
  if (typeof document === 'string') return document;
  if (!('kind' in document)) return document.toString();
  const { loc } = document as { readonly loc?: { readonly source: { readonly body: string } } };
  if (loc === undefined)
    throw new HoerokError(
      'BAD_DOCUMENT',
      'The document has no text; print() it before it is given to Hoerok.',
    );
  return loc.source.body;
}
