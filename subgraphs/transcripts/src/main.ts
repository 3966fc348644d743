import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { transcriptsService } from './service.ts';

await runService(environment, transcriptsService);
