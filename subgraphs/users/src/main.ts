import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { usersService } from './service.ts';

await runService(environment, usersService);
