import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { requireReady } from '@/lib/server/start/requireReady';
import { readReadiness } from '@/lib/shared/contract/server';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readReadiness, async () => requireReady()),
});
