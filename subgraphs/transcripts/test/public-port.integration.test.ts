import { startTestService } from '@hoerok/shared/testing';
import { expect, it } from 'vitest';
import { freePort } from '../../../scripts/infra/ports.ts';
import { environment } from '../src/config.ts';
import { transcriptsService } from '../src/service.ts';

it('C35: the public port takes uploads, and has neither GraphQL nor health nor metrics', async () => {
  const port = await freePort();
  await using test = await startTestService(environment, transcriptsService, {
    environment: { PUBLIC_PORT: String(port) },
  });
  const outside = `http://127.0.0.1:${port}`;
  for (const path of [
    '/',
    '/graphql',
    '/metrics',
    '/health/liveness',
    '/health/readiness',
    '/uploads/../metrics',
  ]) {
    const response = await fetch(`${outside}${path}`);
    expect(response.status, path).toBe(404);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-powered-by')).toBeNull();
  }
  // Without its signed link an upload is refused, but by who takes uploads.
  expect((await fetch(`${outside}/uploads`, { method: 'PUT', body: 'x' })).status).not.toBe(404);
  expect((await fetch(`${test.service.url}/uploads`, { method: 'PUT', body: 'x' })).status).toBe(404);
  expect((await fetch(`${test.service.url}/metrics`)).status).toBe(200);
});
