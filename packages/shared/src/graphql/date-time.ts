import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** An instant in ISO 8601 with an offset, for example `2026-03-04T01:00:00.000Z`; resolvers give and get a `Date`. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    if (typeof value === 'string') return parseInstant(value).toISOString();
    throw new GraphQLError('DateTime cannot represent this value.');
  },
  parseValue: (value) => parseInstant(value),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
});

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The engine would take February 30 for March 2. */
function isInstant(text: string): boolean {
  const day = text.slice(0, 'yyyy-mm-dd'.length);
  const midnight = new Date(`${day}T00:00:00Z`);
  return INSTANT.test(text) && !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

function parseInstant(value: unknown): Date {
  const date = typeof value === 'string' && isInstant(value) ? new Date(value) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) {
    throw new GraphQLError(
      'DateTime takes an ISO 8601 instant with an offset, for example "2026-03-04T10:00:00+09:00".',
    );
  }
  return date;
}
