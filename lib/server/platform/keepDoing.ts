import { log } from './log';

export interface KeepDoingOptions {
  /** Milliseconds from one time to the next. */
  everyMs: number;
  /** For the log, when a time fails: what was not done. */
  failed: string;
  work: () => Promise<void>;
}

/** Does something now and then every so often; a failure is logged, and tried again the next time. Returns how to stop. */
export function keepDoing({ everyMs, failed, work }: KeepDoingOptions): () => void {
  const once = () => work().catch((err: unknown) => log().error({ err }, failed));
  void once();
  const timer = setInterval(once, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
