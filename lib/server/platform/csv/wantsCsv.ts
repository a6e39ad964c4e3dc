import { accepts } from '@/lib/server/platform/accepts';

/** Whether the caller asks for CSV rather than JSON: by `Accept`, or by `?format=csv` in a link. */
export function wantsCsv(request: Request): boolean {
  return accepts(request, 'text/csv') || new URL(request.url).searchParams.get('format') === 'csv';
}
