/** A replica of the clumsy service in a process of its own, which tells its parent where it answers. */
import { loadConfig, serviceEnvironment } from '../src/config/index.ts';
import { startService } from '../src/service/index.ts';
import { clumsyService } from './clumsy-service.ts';

const { url } = await startService(loadConfig(serviceEnvironment, process.env), clumsyService());
process.send?.(url);
process.once('disconnect', () => process.exit());
