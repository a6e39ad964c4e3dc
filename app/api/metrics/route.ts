import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { metrics } from '@/lib/server/platform/metrics';
import { readMetrics } from '@/lib/shared/contract/server';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readMetrics, async () => {
    const { registry } = metrics();
    return new Response(await registry.metrics(), { headers: { 'Content-Type': registry.contentType } });
  }),
});
