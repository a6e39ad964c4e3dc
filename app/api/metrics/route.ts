import { readMetrics } from '@/lib/contract/server';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { metrics } from '@/lib/metrics/metrics';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readMetrics, async () => {
    const { registry } = metrics();
    return new Response(await registry.metrics(), { headers: { 'Content-Type': registry.contentType } });
  }),
});
