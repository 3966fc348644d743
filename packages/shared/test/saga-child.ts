/** A process for the tests to kill: both services of the saga tests, and the saga that its parent names. */
import { PermanentError } from '../src/errors/index.ts';
import type { Platform } from '../src/service/index.ts';
import { startService } from '../src/service/index.ts';
import { beginJourney, sagaConfig } from './saga-scene.ts';
import { type JourneyPayload, NORTH, type Obstacle, sagaService, SOUTH } from './saga-services.ts';

const { NORTH_URL = '', SOUTH_URL = '', TEST_NAMESPACE = '', PAYLOAD = '{}' } = process.env;
const payload = JSON.parse(PAYLOAD) as JourneyPayload;
const obstacles = new Map<string, Obstacle>([
  [
    payload.name,
    async (place) => {
      if (payload.name.includes('refused') && place === 'south.arrive.DO')
        throw new PermanentError('WRONG_STATE', 'No.');
    },
  ],
]);
let north: Platform | undefined;
await startService(sagaConfig(SOUTH_URL, TEST_NAMESPACE), sagaService(SOUTH, obstacles));
await startService(
  sagaConfig(NORTH_URL, TEST_NAMESPACE),
  sagaService(NORTH, obstacles, (platform) => {
    north = platform;
  }),
);
if (north !== undefined) await beginJourney(north, payload);
