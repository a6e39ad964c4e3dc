import { processWide } from './processWide';

/** What has to be there before recognition can be answered. */
export type Part = 'database' | 'recogniser' | 'gallery';

const state = () =>
  processWide('readiness', () => ({ database: false, recogniser: false, gallery: false, stopping: false }));

/** Marks a part as ready. */
export function markReady(part: Part): void {
  state()[part] = true;
}

/** From now on the server is not ready, whatever its parts say: it is on its way out. */
export function markStopping(): void {
  state().stopping = true;
}

/** Which parts are ready, and whether all of them are. */
export function readiness(): Record<Part, boolean> & { ready: boolean } {
  const { database, recogniser, gallery, stopping } = state();
  return { database, recogniser, gallery, ready: database && recogniser && gallery && !stopping };
}
