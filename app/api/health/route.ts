import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { VERSION } from '@/lib/server/platform/version';
import { readHealth } from '@/lib/shared/contract/server';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readHealth, async () => ({ status: 'ok' as const, version: VERSION })),
});
