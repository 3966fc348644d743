import { AppError } from '@hoerok/shared/errors';
import { token } from '@hoerok/shared/messaging';

const PLACEHOLDER = /^\{(workspace|viewer|args\.([A-Za-z_]\w*))\}$/;
const LITERAL = /^[\w-]+$/;

/** What may be filled into a subject. Workspace and viewer come from the verified token, never from the client. */
export interface SubjectValues {
  readonly workspaceId: string | null;
  readonly viewerId: string | null;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A subject with `{workspace}`, `{viewer}` and `{args.x}`, ready to be filled in. */
export interface SubjectTemplate {
  readonly text: string;
  /** Names of the field's arguments that it uses. */
  readonly arguments: readonly string[];
  /** True when an argument names the one object that the stream is about. */
  readonly oneObject: boolean;
  /**
   * The subject, without namespace.
   * @throws AppError `UNAUTHENTICATED` when it needs a viewer and there is none, `BAD_INPUT` when an argument is no
   * plain token (wildcards and dots are refused).
   */
  readonly render: (values: SubjectValues) => string;
}

/**
 * Compiles a subject template. It has to lie under `evt.`, for that is what the streams republish.
 * @throws Error saying which token is wrong.
 */
export function compileSubject(text: string): SubjectTemplate {
  const parts = text.split('.');
  // `{args.id}` holds a dot of its own.
  const tokens = parts.reduce<string[]>((joined, part) => {
    const last = joined.at(-1);
    if (last === '{args') joined[joined.length - 1] = `${last}.${part}`;
    else joined.push(part);
    return joined;
  }, []);
  if (tokens[0] !== 'evt') throw new Error(`the subject "${text}" does not begin with "evt."`);
  const pieces = tokens.map((piece, index) => compileToken(piece, index === tokens.length - 1));
  const names = pieces.flatMap((piece) => (piece.argument === undefined ? [] : [piece.argument]));
  return Object.freeze({
    text,
    arguments: names,
    oneObject: names.length > 0,
    render: (values: SubjectValues) => pieces.map((piece) => piece.render(values)).join('.'),
  });
}

interface Piece {
  readonly argument?: string;
  readonly render: (values: SubjectValues) => string;
}

function compileToken(text: string, isLast: boolean): Piece {
  if (LITERAL.test(text) || text === '*' || (text === '>' && isLast)) return { render: () => text };
  const match = PLACEHOLDER.exec(text);
  if (match === null)
    throw new Error(`"${text}" is neither a plain token, a wildcard nor a known placeholder`);
  if (match[1] === 'workspace') return { render: (values) => known(values.workspaceId) };
  if (match[1] === 'viewer') return { render: (values) => known(values.viewerId) };
  const argument = match[2] ?? '';
  return { argument, render: ({ args }) => argumentToken(argument, args[argument]) };
}

function known(value: string | null): string {
  if (value === null)
    throw new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.');
  return token(value);
}

function argumentToken(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return token(String(value));
  throw new AppError('BAD_INPUT', `The argument "${name}" is needed here.`);
}
