import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { doDueWork } from '@/lib/server/start/dueWork';
import { runDueWork } from '@/lib/shared/contract/server';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(runDueWork, async () => doDueWork()),
});
