import { existsSync, readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { parse } from 'yaml';

interface SupergraphYaml {
  readonly subgraphs: Readonly<Record<string, unknown>>;
}

const { subgraphs } = parse(readFileSync('supergraph.yaml', 'utf8')) as SupergraphYaml;

/**
 * Resolver types of every subgraph that supergraph.yaml lists; `codegen.mappers.json` beside each schema maps types to rows.
 * And the types of the client's own operations, from the committed supergraph.
 */
const config: CodegenConfig = {
  silent: true,
  generates: {
    'packages/client/src/generated/operations.ts': {
      schema: 'supergraph.graphql',
      documents: 'packages/client/src/watch-task.ts',
      plugins: ['typescript-operations'],
      config: {
        useTypeImports: true,
        immutableTypes: true,
        skipTypename: true,
        scalars: { DateTime: 'string' },
        // The supergraph has scalars of its own, which no operation uses.
        defaultScalarType: 'unknown',
        emitLegacyCommonJSImports: false,
        importExtension: '.ts',
      },
    },
    ...subgraphTypes(),
  },
};

function subgraphTypes(): CodegenConfig['generates'] {
  return Object.fromEntries(
    Object.keys(subgraphs)
      .map((name) => `subgraphs/${name}`)
      .filter((folder) => existsSync(`${folder}/schema.graphql`))
      .map((folder) => [
        `${folder}/src/generated/resolvers.ts`,
        {
          schema: `${folder}/schema.graphql`,
          plugins: ['typescript', 'typescript-resolvers'],
          config: {
            federation: true,
            useTypeImports: true,
            enumsAsTypes: true,
            strictScalars: true,
            scalars: { DateTime: { input: 'Date', output: 'Date' }, _FieldSet: 'string' },
            contextType: '../context.ts#Context',
            mappers: JSON.parse(readFileSync(`${folder}/codegen.mappers.json`, 'utf8')) as Record<
              string,
              string
            >,
            emitLegacyCommonJSImports: false,
            importExtension: '.ts',
            immutableTypes: true,
            skipTypename: false,
            inputMaybeValue: 'T | null | undefined',
            resolversNonOptionalTypename: { interfaceImplementingType: true, unionMember: true },
          },
        },
      ]),
  );
}

export default config;
