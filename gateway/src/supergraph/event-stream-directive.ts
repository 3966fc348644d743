import {
  type FieldDefinition,
  isNonNullType,
  type ObjectType,
  type Schema,
} from '@apollo/federation-internals';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { compileFilter, type EventFilter } from '../subscriptions/event-filter.ts';
import { compileSubject, type SubjectTemplate } from '../subscriptions/subject-template.ts';

/** Identity of the directive's specification; subgraphs `@link` it and compose it with `@composeDirective`. */
export const EVENT_STREAM_IDENTITY = 'https://hoerok.dev/eventStream';

/** Where the events of one Subscription field come from, as its `@eventStream` says. */
export interface EventStreamField {
  readonly field: string;
  readonly subject: SubjectTemplate;
  /** Deliver the last message of the subject first. */
  readonly snapshot: boolean;
  /** Which events of the subject are meant; `null` for all. */
  readonly filter: EventFilter | null;
  /** Dotted payload path of a user id, or a list of them: who may see the message. */
  readonly audience: readonly string[] | null;
  /** Roles that see every message of their workspace. */
  readonly audienceRoles: readonly string[];
  /** Who may watch at all, as the last message of another subject says; `null`: no such rule. */
  readonly guard: EventStreamGuard | null;
  /** Of a slow reader's waiting messages the newest of each object stands for the older ones. */
  readonly latestOnly: boolean;
  /** The stream completes after a message whose `field` holds one of `values`. */
  readonly end: { readonly field: string; readonly values: readonly string[] } | null;
}

/** The messages that say who may watch. */
export interface EventStreamGuard {
  readonly subject: SubjectTemplate;
  /** Dotted payload path of the list of user ids. */
  readonly audience: readonly string[];
  /** The path in messages that have nothing there. @default none */
  readonly otherwise?: readonly string[] | null;
  /** Asked when no message is left: the Query field, and the argument of the guarded field that is its `id`. */
  readonly question?: { readonly field: string; readonly argument: string } | null;
}

interface DirectiveArguments {
  readonly subject: string;
  readonly snapshot?: boolean | null;
  readonly filter?: string | null;
  readonly audience?: string | null;
  readonly audienceRoles?: readonly string[] | null;
  readonly guardSubject?: string | null;
  readonly guardAudience?: string | null;
  readonly guardField?: string | null;
  readonly latestOnly?: boolean | null;
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
    const subject = compileField(field, args.subject);
    const { endField, endValues, audience } = args;
    return {
      field: field.name,
      subject,
      snapshot: args.snapshot ?? false,
      filter: filterOf(field, args),
      audience: audience === undefined || audience === null ? null : audience.split('.'),
      audienceRoles: args.audienceRoles ?? [],
      guard: guardOf(field, args),
      latestOnly: args.latestOnly ?? false,
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

function filterOf(
  field: FieldDefinition<ObjectType>,
  { filter: text, snapshot }: DirectiveArguments,
): EventFilter | null {
  if (text === undefined || text === null) return null;
  const filter = compileFilter(text);
  const argument = field.argument(filter.argument);
  if (argument?.type === undefined || !isNonNullType(argument.type))
    throw new Error(`the field has no argument "${filter.argument}" that must be given`);
  // The last message of the subject may be of any object.
  if (snapshot === true) throw new Error('a filtered subject has no snapshot');
  return filter;
}

function compileField(field: FieldDefinition<ObjectType>, text: string): SubjectTemplate {
  const subject = compileSubject(text);
  for (const name of subject.arguments) {
    if (field.argument(name) === undefined) throw new Error(`the field has no argument "${name}"`);
  }
  return subject;
}

function guardOf(
  field: FieldDefinition<ObjectType>,
  { guardSubject, guardAudience, guardField }: DirectiveArguments,
): EventStreamGuard | null {
  if ([guardSubject, guardAudience, guardField].every((given) => (given ?? null) === null)) return null;
  if (typeof guardSubject !== 'string' || typeof guardAudience !== 'string')
    throw new Error('guardSubject and guardAudience go together');
  const subject = compileField(field, guardSubject);
  // The order of messages, on which the last word depends, is that of one stream.
  if (guardSubject.split('.')[1] === '*') throw new Error('the guarding subject has to name its service');
  if (!guardSubject.includes('{workspace}')) throw new Error('the guarding subject lacks {workspace}');
  const question = questionOf(field, guardField ?? null, subject);
  const [audience, otherwise, ...more] = guardAudience.split('|').map((path) => path.split('.'));
  if (audience === undefined || more.length > 0)
    throw new Error('guardAudience names one field, or two with "|"');
  return { subject, audience, otherwise: otherwise ?? null, question };
}

function questionOf(
  field: FieldDefinition<ObjectType>,
  name: string | null,
  subject: SubjectTemplate,
): NonNullable<EventStreamGuard['question']> | null {
  if (name === null) return null;
  const [argument, ...others] = subject.arguments;
  if (argument === undefined || others.length > 0)
    throw new Error('with guardField the guarding subject has to name one argument');
  const asked = field.schema().schemaDefinition.rootType('query')?.field(name);
  if (asked?.argument('id')?.type?.toString() !== 'ID!')
    throw new Error(`there is no Query.${name}(id: ID!) to ask`);
  return { field: name, argument };
}
