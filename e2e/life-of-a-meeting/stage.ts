import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@hoerok/shared/testing';
import { expect } from 'vitest';
import { z } from 'zod';
import { type ChatServer, startChatServer } from '../../subgraphs/ai/test/chat-server.ts';
import { startIsolatedPlatform } from '../stack/isolated-platform.ts';
import type { Session } from '../stack/session.ts';
import { ask } from './steps.ts';

const DELIVERIES = 'query ($id: ID!) { notification(id: $id) { deliveries { id channel state } } }';
const deliveries = z.object({
  deliveries: z.array(z.object({ id: z.string(), channel: z.string(), state: z.string() })),
});

/** A whole system with a language model of the test's, and a folder for its mail. */
export interface Stage extends AsyncDisposable {
  readonly gatewayUrl: string;
  readonly chat: ChatServer;
  /** The text of the mail that tells of a notification. */
  readonly mailOf: (who: Session, notificationId: string) => Promise<string>;
  /** The text of the first mail that holds these words. */
  readonly mailWith: (words: string) => Promise<string>;
}

/** Starts it. */
export async function startStage(): Promise<Stage> {
  const chat = await startChatServer();
  const spool = mkdtempSync(join(tmpdir(), 'hoerok-spool-'));
  const { platform, remove } = await startIsolatedPlatform({
    ai: { LLM_URL: chat.url, LLM_MODEL: 'model-1' },
    notifications: { SPOOL_DIR: spool },
  });
  const read = (file: string): string => readFileSync(join(spool, file), 'utf8');
  return {
    gatewayUrl: platform.gatewayUrl,
    chat,
    mailOf: async (who, notificationId) => {
      const mail = await until('the mail is spooled', async () => {
        const sent = await ask(who, deliveries, DELIVERIES, { id: notificationId });
        return sent.deliveries.find(({ channel, state }) => channel === 'EMAIL' && state === 'SPOOLED');
      });
      expect(read(`${mail.id}.eml`)).toContain(`To: ${who.email}`);
      return read(`${mail.id}.txt`);
    },
    mailWith: async (words) =>
      await until('the mail is spooled', () =>
        readdirSync(spool)
          .filter((file) => file.endsWith('.txt'))
          .map(read)
          .find((text) => text.includes(words)),
      ),
    [Symbol.asyncDispose]: async () => {
      await remove();
      await chat[Symbol.asyncDispose]();
      rmSync(spool, { recursive: true });
    },
  };
}
