'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { toast } from 'sonner';

interface ChangeOptions<T> {
  /** Shown when it is done. */
  done?: string | ((result: T) => string);
  /** Called after the page's data was reloaded. */
  after?: (result: T) => void;
}

/**
 * Runs a change, then reloads the page's data. Show `error` beside the form. `pending` is true until the new data is
 * rendered.
 */
export function useChange() {
  const router = useRouter();
  const [error, setError] = useState<unknown>(null);
  const [running, setRunning] = useState(false);
  const [refreshing, startTransition] = useTransition();

  async function run<T>(change: () => Promise<T>, { done, after }: ChangeOptions<T> = {}): Promise<T | undefined> {
    setError(null);
    setRunning(true);
    try {
      const result = await change();
      startTransition(() => router.refresh());
      if (done) toast.success(typeof done === 'function' ? done(result) : done);
      after?.(result);
      return result;
    } catch (failure) {
      setError(failure);
      return undefined;
    } finally {
      setRunning(false);
    }
  }

  return { run, error, clear: () => setError(null), pending: running || refreshing };
}

/** Shows the error of an action without a form, such as a menu item. */
export function toastError(error: unknown): void {
  toast.error(error instanceof Error ? error.message : String(error), { duration: 10_000 });
}
