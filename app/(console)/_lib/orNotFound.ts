import { notFound } from 'next/navigation';
import { KithError } from '@/lib/shared/contract/errors';

/** Returns what `read` returns. Shows the page for "not found" when it throws NOT_FOUND. */
export async function orNotFound<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}

/** Returns the id in an address. Shows the page for "not found" when it is none. */
export function idOrNotFound(text: string): number {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1) notFound();
  return id;
}
