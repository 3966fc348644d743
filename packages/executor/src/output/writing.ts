import { GraphQLError, type GraphQLCompositeType, type GraphQLOutputType } from 'graphql';
import { MAX_ERRORS } from '../fetch/subgraph-fetch.ts';

/** The state of writing one answer. */
export interface Writing {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Where in the answer the writer is. */
  readonly path: (string | number)[];
  /** The type whose field is being written. */
  parent: GraphQLCompositeType;
  /** What subgraphs have answered and the schema does not allow; of very many the first. */
  readonly errors: GraphQLError[];
  /** Notes an error at the path. */
  readonly fail: (message: string) => void;
  /** The place at the path in words, for messages; the type is that of the value there. */
  readonly describe: (type: GraphQLOutputType) => string;
  /** Texts that a writer has written already, by the value. */
  readonly textsOf: (writer: object) => Map<object, string | undefined>;
}

/** Begins to write an answer. */
export function beginWriting(
  root: GraphQLCompositeType,
  variables: Readonly<Record<string, unknown>>,
): Writing {
  const texts = new Map<object, Map<object, string | undefined>>();
  const writing: Writing = {
    variables,
    path: [],
    parent: root,
    errors: [],
    fail: (message) => {
      if (writing.errors.length >= MAX_ERRORS) return;
      const path = [...writing.path];
      writing.errors.push(new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } }));
    },
    describe: (type) => {
      const last = writing.path.at(-1);
      return typeof last === 'number'
        ? `array element of type ${String(type)} at index ${last}`
        : `field ${writing.parent.name}.${last ?? ''}`;
    },
    textsOf: (writer) => {
      const known = texts.get(writer) ?? new Map<object, string | undefined>();
      texts.set(writer, known);
      return known;
    },
  };
  return writing;
}
