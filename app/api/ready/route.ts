import { readReadiness } from '@/lib/contract/server';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { requireReady } from '@/lib/server/requireReady';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readReadiness, async () => requireReady()),
});
