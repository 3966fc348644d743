import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { aiService } from './service.ts';

await runService(environment, aiService);
