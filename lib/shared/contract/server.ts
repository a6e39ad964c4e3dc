import { z } from 'zod';
import { operation } from './operation';

export const readHealth = operation({
  id: 'readHealth',
  method: 'get',
  path: '/api/health',
  tag: 'Server',
  summary: 'Check that the process runs',
  description: 'Returns 200 as soon as the process runs. For liveness probes.',
  scope: null,
  answer: z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' }),
  errors: [],
});

export const readReadiness = operation({
  id: 'readReadiness',
  method: 'get',
  path: '/api/ready',
  tag: 'Server',
  summary: 'Check that models and database are ready',
  description:
    'Returns 503 while the models load, and while the database does not respond within two seconds. For load balancers.',
  scope: null,
  answer: z
    .object({
      status: z.literal('ready'),
      database: z.boolean(),
      recogniser: z.boolean(),
      gallery: z.boolean(),
    })
    .meta({ id: 'Readiness' }),
  errors: ['OVERLOADED', 'DATABASE_AWAY'],
});

export const runDueWork = operation({
  id: 'runDueWork',
  method: 'get',
  path: '/api/cron',
  tag: 'Server',
  summary: 'Run due work',
  description:
    'For places where nothing runs between requests, such as Vercel. A scheduler calls it, ideally once a minute, with CRON_SECRET ' +
    'as `Authorization: Bearer`; a key with the scope `admin` may call it too. It returns within a minute, with what it did. ' +
    'Overlapping calls share the work. A server that runs all the time does the same by itself.',
  scope: 'admin',
  cron: true,
  acts: true,
  answer: z
    .object({
      imports: z
        .object({ enrolled: z.int(), duplicate: z.int(), failed: z.int() })
        .meta({ description: 'Rows of running imports, by result.' }),
      webhooks: z
        .object({ delivered: z.int(), retrying: z.int(), failed: z.int() })
        .meta({ description: 'Posts, by result.' }),
      erased_events: z.int().meta({ description: 'Recognitions that were older than the retention period.' }),
    })
    .meta({ id: 'DueWork' }),
  errors: [],
});

export const readMetrics = operation({
  id: 'readMetrics',
  method: 'get',
  path: '/api/metrics',
  tag: 'Server',
  summary: "Read the server's metrics",
  description: 'Text for Prometheus. docs/operations.md explains each metric.',
  scope: 'admin',
  answer: z.string(),
  alsoAnswers: ['text/plain'],
  errors: [],
});

export const readOpenApi = operation({
  id: 'readOpenApi',
  method: 'get',
  path: '/api/openapi.json',
  tag: 'Server',
  summary: 'Read this description of the API',
  description: 'OpenAPI 3.1, generated from the schemas that the server validates requests with.',
  scope: null,
  answer: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' }),
  errors: [],
});
