import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { tasksService } from './service.ts';

await runService(environment, tasksService);
