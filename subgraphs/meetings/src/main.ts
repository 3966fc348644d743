import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { meetingsService } from './service.ts';

await runService(environment, meetingsService);
