import { accepts } from '@/lib/server/platform/accepts';

/** Returns whether the caller asks for CSV, by `Accept` or by `?format=csv` in a link. */
export function wantsCsv(request: Request): boolean {
  return accepts(request, 'text/csv') || new URL(request.url).searchParams.get('format') === 'csv';
}
