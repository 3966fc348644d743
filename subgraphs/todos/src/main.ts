import { runService } from '@hoerok/shared/service';
import { environment } from './config.ts';
import { todosService } from './service.ts';

await runService(environment, todosService);
