import { env } from '@/lib/server/platform/env';
import { metrics } from '@/lib/server/platform/metrics';
import { processWide } from '@/lib/server/platform/processWide';
import { Recogniser, type StageTimes } from './recogniser';

/**
 * Returns the process's recogniser; loads it on the first call. A failed load is not cached: the next call retries.
 * @throws ModelError when a model is missing or was modified
 */
export function getRecogniser(): Promise<Recogniser> {
  const state = processWide<{ loading: Promise<Recogniser> | null }>('recogniser', () => ({ loading: null }));
  state.loading ??= Recogniser.load({ threads: env().INFERENCE_THREADS, onStages: recordStages }).catch(
    (error: unknown) => {
      state.loading = null;
      throw error;
    },
  );
  return state.loading;
}

function recordStages(times: StageTimes): void {
  for (const [stage, milliseconds] of Object.entries(times)) {
    metrics().stages.observe({ stage }, milliseconds / 1000);
  }
}
