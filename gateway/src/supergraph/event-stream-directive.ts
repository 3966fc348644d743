import type { FieldDefinition, ObjectType, Schema } from '@apollo/federation-internals';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { compileSubject, type SubjectTemplate } from '../subscriptions/subject-template.ts';

/** Identity of the directive's specification; subgraphs `@link` it and compose it with `@composeDirective`. */
export const EVENT_STREAM_IDENTITY = 'https://hoerok.dev/eventStream';

/** Where the events of one Subscription field come from, as its `@eventStream` says. */
export interface EventStreamField {
  readonly field: string;
  readonly subject: SubjectTemplate;
  /** Deliver the last message of the subject first. */
  readonly snapshot: boolean;
  /** Dotted payload path of a user id, or a list of them: who may see the message. */
  readonly audience: readonly string[] | null;
  /** Roles that see every message of their workspace. */
  readonly audienceRoles: readonly string[];
  /** The stream completes after a message whose `field` holds one of `values`. */
  readonly end: { readonly field: string; readonly values: readonly string[] } | null;
}

interface DirectiveArguments {
  readonly subject: string;
  readonly snapshot?: boolean | null;
  readonly audience?: string | null;
  readonly audienceRoles?: readonly string[] | null;
  readonly endField?: string | null;
  readonly endValues?: readonly string[] | null;
}

/**
 * Reads `@eventStream` from every Subscription field of a supergraph, by field name; a renamed import is followed.
 * @throws AppError `BAD_CONFIGURATION` naming the field whose directive makes no sense.
 */
export function readEventStreams(supergraph: Schema): ReadonlyMap<string, EventStreamField> {
  const feature = supergraph.coreFeatures?.getByIdentity(EVENT_STREAM_IDENTITY);
  const root = supergraph.schemaDefinition.rootType('subscription');
  const fields = new Map<string, EventStreamField>();
  if (feature === undefined || root === undefined) return fields;
  const name = feature.directiveNameInSchema('eventStream');
  for (const field of root.fields()) {
    const [directive] = field.appliedDirectivesOf(name);
    if (directive !== undefined)
      fields.set(field.name, compile(field, directive.arguments(true) as DirectiveArguments & object));
  }
  return fields;
}

function compile(field: FieldDefinition<ObjectType>, args: DirectiveArguments): EventStreamField {
  try {
    const subject = compileSubject(args.subject);
    for (const name of subject.arguments) {
      if (field.argument(name) === undefined) throw new Error(`the field has no argument "${name}"`);
    }
    const { endField, endValues, audience } = args;
    return {
      field: field.name,
      subject,
      snapshot: args.snapshot ?? false,
      audience: audience === undefined || audience === null ? null : audience.split('.'),
      audienceRoles: args.audienceRoles ?? [],
      end: endField === undefined || endField === null ? null : { field: endField, values: endValues ?? [] },
    };
  } catch (error) {
    throw new AppError(
      'BAD_CONFIGURATION',
      `@eventStream of Subscription.${field.name} is wrong: ${messageOf(error)}`,
      { cause: error },
    );
  }
}
