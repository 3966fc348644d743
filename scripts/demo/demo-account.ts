import { z } from 'zod';
import { keepSecret } from '../infra/secrets.ts';
import { SetupError } from '../infra/setup-error.ts';
import type { DemoClient } from './demo-client.ts';

/** An account made for trying things out; it exists in this checkout's database only. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

const session = z.object({
  accessToken: z.string().nullable(),
  userErrors: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** Signs the client in with the demo account and makes the account at the first start. */
export async function signInToDemo(client: DemoClient, stateDir: string): Promise<DemoAccount> {
  const account = {
    email: 'demo@hoerok.example',
    password: keepSecret(stateDir, 'demo-password').slice(0, 16),
  };
  const { signIn } = await client.run('sign-in', account, z.object({ signIn: session }));
  let { accessToken } = signIn;
  if (accessToken === null) {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const input = { ...account, name: 'Demo', workspaceName: 'Demo', timeZone };
    const { register } = await client.run('register', { input }, z.object({ register: session }));
    if (register.accessToken === null) {
      throw new SetupError(
        `The demo account cannot be made: ${register.userErrors.map(({ message }) => message).join(' ')}`,
      );
    }
    accessToken = register.accessToken;
  }
  client.authorize(accessToken);
  return account;
}
