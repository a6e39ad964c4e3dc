import { toast } from 'sonner';
import { toastError } from './useChange';

/** Time to undo an action, ms. */
export const UNDO_MS = 10_000;

/** Says that something is done, and offers to undo it for ten seconds. Shows the error if undoing fails. */
export function toastUndo(message: string, undo: () => unknown): void {
  toast(message, {
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: () => void Promise.resolve(undo()).catch(toastError) },
  });
}
