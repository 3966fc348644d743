import { ROLES } from '@hoerok/shared/auth';
import { languageTagInput, MAX_PAGE_SIZE, timeZoneInput } from '@hoerok/shared/graphql';
import { z } from 'zod';
import { API_KEY_SCOPES } from '../domain/api-key-scopes.ts';

const line = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'takes at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');

const email = z
  .string()
  .max(254, 'takes at most 254 characters')
  .trim()
  .toLowerCase()
  .pipe(z.email('must be an e-mail address'));

// NFKC, so that a password typed on a keyboard that composes Hangul differently is the same (NIST SP 800-63B).
const typedPassword = z.string().max(200, 'takes at most 200 characters').normalize('NFKC');
const newPassword = typedPassword.min(10, 'needs at least 10 characters');

const secret = z.string().min(1, 'must not be empty').max(200, 'takes at most 200 characters');

const aliases = z
  .array(line)
  .max(20, 'takes at most 20 aliases')
  .transform((names) => [...new Set(names)]);

const role = z.enum(ROLES);

/** A new account. */
export const registerInput = z
  .object({
    email: email.nullish(),
    password: newPassword,
    name: line,
    workspaceName: line.nullish(),
    locale: languageTagInput.nullish(),
    timeZone: timeZoneInput.nullish(),
    invitationToken: secret.nullish(),
  })
  .refine(({ email: given, invitationToken }) => given != null || invitationToken != null, {
    message: 'is needed without an invitation',
    path: ['email'],
  });

export const createUserInput = z.object({
  email,
  name: line,
  password: newPassword,
  role: role.nullish(),
  aliases: aliases.nullish(),
  locale: languageTagInput.nullish(),
  timeZone: timeZoneInput.nullish(),
});

export const signInInput = z.object({ email, password: typedPassword.min(1, 'must not be empty') });

export const changePasswordInput = z.object({
  currentPassword: typedPassword.min(1, 'must not be empty'),
  newPassword,
});

const scope = z.string().toLowerCase().pipe(z.enum(API_KEY_SCOPES));

export const apiKeyInput = z.object({
  name: line,
  scopes: z.array(scope).min(1, 'needs at least one scope').max(API_KEY_SCOPES.length),
  expiresAt: z.date().nullish(),
});

export const refreshInput = z.object({ refreshToken: secret });

export const openShareInput = z.object({
  token: z.string().min(1, 'must not be empty').max(500, 'takes at most 500 characters'),
  name: line.nullish(),
  locale: languageTagInput.nullish(),
  timeZone: timeZoneInput.nullish(),
});

export const inviteInput = z.object({ email, role, name: line.nullish() });

export const setRoleInput = z.object({ userId: z.string(), role });

/** What a person may change of itself. */
export const updateProfileInput = z.object({
  name: line.nullish(),
  avatarUrl: z
    .url({ protocol: /^https$/, error: 'must be an https address' })
    .max(500, 'takes at most 500 characters')
    .nullish(),
  locale: languageTagInput.nullish(),
  timeZone: timeZoneInput.nullish(),
  title: line.nullish(),
  department: line.nullish(),
  aliases: aliases.nullish(),
});

/** Name and id of the last person seen. */
export const userCursor = z.tuple([z.string(), z.string()]);

/** Which people to list. */
export const userFilter = z.object({
  ids: z
    .array(z.string())
    .max(MAX_PAGE_SIZE, `takes at most ${MAX_PAGE_SIZE} ids`)
    .nullish()
    .transform((ids) => ids ?? undefined),
  text: line.nullish().transform((text) => text ?? undefined),
  role: role.nullish().transform((value) => value ?? undefined),
  active: z
    .boolean()
    .nullish()
    .transform((value) => value ?? undefined),
});
