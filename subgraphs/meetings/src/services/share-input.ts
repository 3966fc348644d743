import { SHARE_ACCESS } from '@hoerok/shared/contracts';
import { z } from 'zod';

const access = z.enum(SHARE_ACCESS);

// At most as long as the filter takes by which the account of an address is looked for.
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(100, 'takes at most 100 characters')
  .pipe(z.email('must be an e-mail address'));

/** With whom a meeting is to be shared. */
export const shareMeetingInput = z
  .object({
    meetingId: z.string(),
    userId: z.string().nullish(),
    email: email.nullish(),
    access,
    expiresAt: z.date().nullish(),
    message: z.string().trim().max(1_000, 'takes at most 1,000 characters').nullish(),
  })
  .refine(({ userId, email: address }) => (userId == null) !== (address == null), {
    message: 'takes either userId or email',
    path: ['userId'],
  });

/** What may change of a share; `expiresAt: null` takes the end away. */
export const changeShareInput = z.object({
  shareId: z.string(),
  access: access.nullish(),
  expiresAt: z.date().nullish(),
});

export const acceptShareLinkInput = z.object({ token: z.string().max(500), userId: z.string().min(1) });
