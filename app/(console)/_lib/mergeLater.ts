import { toast } from 'sonner';
import { nameOf } from '../_components/people/nameOf';
import type { PickedPerson } from '../_components/people/PersonPicker';
import { api } from './api';
import { toastUndo, UNDO_MS } from './toastUndo';
import { toastError } from './useChange';

interface MergeHandlers {
  /** It was undone, or it failed: both are still there. */
  onBack?: (() => void) | undefined;
  /** It was tried. */
  after: () => Promise<void> | void;
}

/** Merges that can still be undone, by the person who goes. They outlive the page that began them, as their toasts do. */
const waiting = new Map<number, { into: number; timer: ReturnType<typeof setTimeout> }>();

/** Carries out what waits when the console is left: the toast has confirmed it. */
function mergeOnLeave(): void {
  for (const [from, { into, timer }] of waiting) {
    clearTimeout(timer);
    // keepalive: the request outlives the page.
    void fetch('/api/people/merge', {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ from, into }),
    });
  }
  waiting.clear();
}

/** Merges two people after ten seconds, in which it can be undone. Returns false where the first is being merged already. */
export function mergeLater(from: PickedPerson, into: PickedPerson, { onBack, after }: MergeHandlers): boolean {
  if (waiting.has(from.person_id)) {
    toast(`${nameOf(from)} is being merged already.`);
    return false;
  }
  const timer = setTimeout(async () => {
    waiting.delete(from.person_id);
    try {
      await api.people.merge(from.person_id, into.person_id);
      toast.success(`Merged into ${nameOf(into)}.`);
    } catch (error) {
      toastError(error);
      onBack?.();
    }
    await after();
  }, UNDO_MS);
  // The same function again is added once.
  window.addEventListener('pagehide', mergeOnLeave);
  waiting.set(from.person_id, { into: into.person_id, timer });
  toastUndo(`${nameOf(from)} is being merged into ${nameOf(into)}.`, () => {
    if (!waiting.delete(from.person_id)) return;
    clearTimeout(timer);
    onBack?.();
    toast(`${nameOf(from)} and ${nameOf(into)} stay two people.`);
  });
  return true;
}
