import { toast } from 'sonner';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mergeLater } from './mergeLater';
import { UNDO_MS } from './toastUndo';

const person = (person_id: number) => ({ person_id, user_id: null, name: `Person ${person_id}` });

/** The status that the server answers with. */
let status = 200;
const asked = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('fetch', async (...call: unknown[]) => {
    asked(...call);
    const error = { error_type: 'NOT_FOUND', message: 'There is no person.' };
    return Response.json(status === 200 ? {} : { error }, { status });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  asked.mockClear();
  status = 200;
});

/** Presses Undo in the toast of this merge. */
function undo(from: number) {
  const shown = toast
    .getHistory()
    .find((one) => 'title' in one && String(one.title).startsWith(`Person ${from} is being`));
  const action = shown && 'action' in shown ? shown.action : undefined;
  if (!action || typeof action !== 'object' || !('onClick' in action)) throw new Error('no toast offers to undo it');
  (action.onClick as () => void)();
}

test('a merge that is undone brings back what was hidden, and merges nobody', async () => {
  const [onBack, after] = [vi.fn(), vi.fn()];
  expect(mergeLater(person(1), person(2), { onBack, after })).toBe(true);
  // Another merge of somebody who is being merged does not begin: nothing may be hidden for it.
  expect(mergeLater(person(1), person(3), { onBack, after })).toBe(false);
  undo(1);
  expect(onBack).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(asked).not.toHaveBeenCalled();
  undo(1);
  expect(onBack).toHaveBeenCalledOnce();
});

test('a merge that fails brings it back, one that succeeds does not', async () => {
  const [onBack, after] = [vi.fn(), vi.fn()];
  mergeLater(person(4), person(5), { onBack, after });
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(asked).toHaveBeenCalledOnce();
  expect(onBack).not.toHaveBeenCalled();
  expect(after).toHaveBeenCalledOnce();
  status = 404;
  mergeLater(person(6), person(7), { onBack, after });
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(onBack).toHaveBeenCalledOnce();
  expect(after).toHaveBeenCalledTimes(2);
});
