import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { processWide } from './processWide';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

function create() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'kith_http_request_duration_seconds',
      help: 'Time from a request to its answer, by call and status',
      labelNames: ['operation', 'method', 'status'],
      buckets: SECONDS,
      registers,
    }),
    refused: new Counter({
      name: 'kith_http_refused_total',
      help: 'Requests answered with an error, by error_type',
      labelNames: ['operation', 'error_type'],
      registers,
    }),
    stages: new Histogram({
      name: 'kith_stage_duration_seconds',
      help: 'Time of each stage of a call that looks at a picture',
      labelNames: ['stage'],
      buckets: SECONDS,
      registers,
    }),
    admitted: new Gauge({
      name: 'kith_recognition_requests',
      help: 'Requests with pictures that are being worked on or wait',
      registers,
    }),
  };
}

/** Every measurement of the process, in one registry. */
export function metrics() {
  return processWide('metrics', create);
}
