import type { Environment } from './load-config.ts';

const KEYS = ['INTERNAL_SIGNING_KEYS', 'SHARE_LINK_KEYS', 'AUDIT_TOKEN'];
const URLS = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'NATS_URL', 'REDIS_URL'];
const MIN_LENGTH = 32;
/** Random text of 32 characters has about twenty different ones, hexadecimal fourteen; this is met by chance never. */
const MIN_DIFFERENT = 8;
/** What people write where a secret is to come. */
const PLACEHOLDER = /change.?me|default|example|placeholder|password|secret|only.tests|123456|qwerty|xxxx/i;

/**
 * Secrets of an environment that a production process must not start with, by variable, with the reason and never the
 * value: signing keys and passwords in URLs that are missing, shorter than 32 characters, or no random text. Variables
 * that are not there are the schema's to miss.
 */
export function findWeakSecrets(environment: Environment): Map<string, string> {
  const weak = new Map<string, string>();
  const look = (name: string, secrets: readonly string[]): void => {
    for (const reason of secrets.map(weaknessOf)) if (reason !== undefined) weak.set(name, reason);
  };
  for (const name of KEYS) look(name, split(environment[name]));
  for (const name of URLS) look(name, split(environment[name]).map(passwordOf));
  return weak;
}

const split = (text = ''): string[] => (text === '' ? [] : text.split(',').map((part) => part.trim()));

function passwordOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { username, password } = new URL(url);
  // A lone user part is a token to NATS.
  return decodeURIComponent(password === '' ? username : password);
}

function weaknessOf(secret: string): string | undefined {
  if (secret === '') return 'has no password, which production needs';
  if (PLACEHOLDER.test(secret) || new Set(secret).size < MIN_DIFFERENT)
    return 'is a placeholder; production needs a random secret, for example of "openssl rand -hex 24"';
  return secret.length < MIN_LENGTH
    ? `holds a secret of less than ${MIN_LENGTH} characters, which production refuses`
    : undefined;
}
