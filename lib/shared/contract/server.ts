import { z } from 'zod';
import { operation } from './operation';

export const readHealth = operation({
  id: 'readHealth',
  method: 'get',
  path: '/api/health',
  tag: 'Server',
  summary: 'Tell whether the process is alive',
  scope: null,
  answer: z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' }),
  errors: [],
});

export const readReadiness = operation({
  id: 'readReadiness',
  method: 'get',
  path: '/api/ready',
  tag: 'Server',
  summary: 'Tell whether the models are loaded and the database answers',
  description: 'Answers 503 until then, and while the database does not answer within two seconds.',
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
  summary: 'Do what is due now',
  description:
    'Where nothing may run between requests (Vercel), a scheduler calls this, once a minute at best. It sends CRON_SECRET as ' +
    '`Authorization: Bearer`; a key with the scope `admin` may call it too. It answers within a minute, with what it did; ' +
    'two calls at once share the work. A server that runs all the time does the same by itself.',
  scope: 'admin',
  cron: true,
  acts: true,
  answer: z
    .object({
      imports: z
        .object({ enrolled: z.int(), duplicate: z.int(), failed: z.int() })
        .meta({ description: 'Rows of running imports, by what became of them' }),
      webhooks: z
        .object({ delivered: z.int(), retrying: z.int(), failed: z.int() })
        .meta({ description: 'Posts, by what became of them' }),
      erased_events: z.int().meta({ description: 'Recognitions that were older than they are kept' }),
    })
    .meta({ id: 'DueWork' }),
  errors: [],
});

export const readMetrics = operation({
  id: 'readMetrics',
  method: 'get',
  path: '/api/metrics',
  tag: 'Server',
  summary: "Read the server's metrics in Prometheus' text format",
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
  scope: null,
  answer: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' }),
  errors: [],
});
