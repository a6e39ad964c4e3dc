import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onCameraAllowed } from './camera';

let page: EventTarget & { visibilityState: DocumentVisibilityState };
let permission: EventTarget & { state: PermissionState };

beforeEach(() => {
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
  permission = Object.assign(new EventTarget(), { state: 'prompt' as PermissionState });
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { permissions: { query: async () => permission } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function show(state: DocumentVisibilityState): void {
  page.visibilityState = state;
  page.dispatchEvent(new Event('visibilitychange'));
}

function answer(state: PermissionState): void {
  permission.state = state;
  permission.dispatchEvent(new Event('change'));
}

test('a refused camera is tried again when the page is shown again, and when it is allowed', async () => {
  const listener = vi.fn();
  const end = onCameraAllowed(listener);
  await Promise.resolve();
  show('hidden');
  answer('denied');
  expect(listener).not.toHaveBeenCalled();
  show('visible');
  expect(listener).toHaveBeenCalledTimes(1);
  answer('granted');
  expect(listener).toHaveBeenCalledTimes(2);
  end();
  show('visible');
  answer('granted');
  expect(listener).toHaveBeenCalledTimes(2);
});
