'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { api } from './api';
import { toastUndo, UNDO_MS } from './toastUndo';

interface Waiting {
  ids: number[];
  timer: ReturnType<typeof setTimeout>;
}

const samplesWord = (count: number) => (count === 1 ? '1 sample' : `${count} samples`);

/**
 * Deletes samples after a delay in which the user can undo it. Until then they are only hidden (`hidden`). Pending
 * deletions run when the page is left, because the toast has confirmed them.
 */
export function useDeferredDelete() {
  const router = useRouter();
  const queries = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const waiting = useRef(new Set<Waiting>());

  const unhide = useCallback((ids: number[]) => {
    setHidden((before) => new Set([...before].filter((id) => !ids.includes(id))));
  }, []);

  const carryOut = useCallback(
    async (batch: Waiting) => {
      if (!waiting.current.delete(batch)) return;
      clearTimeout(batch.timer);
      const failed: number[] = [];
      let reason: unknown;
      for (const id of batch.ids) {
        try {
          await api.faces.remove(id);
        } catch (error) {
          failed.push(id);
          reason = error;
        }
      }
      if (failed.length > 0) {
        unhide(failed);
        const why = reason instanceof Error ? reason.message : String(reason);
        toast.error(`${samplesWord(failed.length)} could not be deleted: ${why}`, { duration: 10_000 });
      }
      await queries.invalidateQueries({ queryKey: ['samples'] });
      router.refresh();
    },
    [queries, router, unhide],
  );

  useEffect(() => {
    const batches = waiting.current;
    function onLeave() {
      for (const batch of batches) {
        for (const face_id of batch.ids) {
          // keepalive: the request outlives the page.
          void fetch('/face/delete', {
            method: 'POST',
            keepalive: true,
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ face_id }),
          });
        }
      }
      batches.clear();
    }
    window.addEventListener('pagehide', onLeave);
    return () => {
      window.removeEventListener('pagehide', onLeave);
      for (const batch of batches) void carryOut(batch);
    };
  }, [carryOut]);

  const remove = useCallback(
    (ids: number[]) => {
      setHidden((before) => new Set([...before, ...ids]));
      const batch: Waiting = { ids, timer: setTimeout(() => void carryOut(batch), UNDO_MS) };
      waiting.current.add(batch);
      toastUndo(`${samplesWord(ids.length)} deleted`, () => {
        if (!waiting.current.delete(batch)) return;
        clearTimeout(batch.timer);
        unhide(ids);
      });
    },
    [carryOut, unhide],
  );

  return { hidden, remove };
}
