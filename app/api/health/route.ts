import { readHealth } from '@/lib/contract/server';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { VERSION } from '@/lib/server/version';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readHealth, async () => ({ status: 'ok' as const, version: VERSION })),
});
