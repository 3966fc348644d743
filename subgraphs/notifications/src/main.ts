import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { notificationsService } from './service.ts';

await runService(environment, notificationsService);
