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
  summary: 'Tell whether the database is migrated and the models are loaded',
  description: 'Answers 503 until then.',
  scope: null,
  answer: z
    .object({
      status: z.literal('ready'),
      database: z.boolean(),
      recogniser: z.boolean(),
      gallery: z.boolean(),
    })
    .meta({ id: 'Readiness' }),
  errors: ['OVERLOADED'],
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
