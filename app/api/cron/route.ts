import { runDueWork } from '@/lib/contract/server';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { doDueWork } from '@/lib/server/dueWork';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(runDueWork, async () => doDueWork()),
});
