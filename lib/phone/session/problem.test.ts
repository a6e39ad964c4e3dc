import { expect, test } from 'vitest';
import { missingSupport, storageProblem } from './problem';

/** A browser with everything that the page uses. */
const browser = {
  isSecureContext: true,
  Worker: class {},
  WebAssembly: {},
  OffscreenCanvas: class {},
  BroadcastChannel: class {},
  indexedDB: {},
  navigator: { locks: {}, mediaDevices: { getUserMedia: () => undefined } },
  crypto: { subtle: {} },
};
const lacks = (change: object) => missingSupport({ ...browser, ...change } as unknown as Window & typeof globalThis);

test('a browser that has what the page uses is new enough', () => {
  expect(lacks({})).toBeNull();
});

test('a browser without AbortSignal.any is new enough: nothing on the phone calls it', () => {
  const descriptor = Object.getOwnPropertyDescriptor(AbortSignal, 'any');
  Reflect.deleteProperty(AbortSignal, 'any');
  try {
    expect(lacks({})).toBeNull();
  } finally {
    if (descriptor) Object.defineProperty(AbortSignal, 'any', descriptor);
  }
});

test.each(['Worker', 'WebAssembly', 'OffscreenCanvas', 'BroadcastChannel'])(
  'a browser without %s is too old',
  (name) => {
    expect(lacks({ [name]: undefined })).toBe('browser-too-old');
  },
);

test('a page without https says so, and not that the browser is old', () => {
  expect(lacks({ isSecureContext: false, crypto: {} })).toBe('insecure-origin');
});

test.each([
  [new DOMException('', 'QuotaExceededError'), 'storage-full'],
  [new DOMException('', 'SecurityError'), 'storage-blocked'],
  [new DOMException('', 'InvalidStateError'), 'storage-blocked'],
  [new DOMException('', 'UnknownError'), 'storage-failed'],
  [new DOMException('', 'OperationError'), 'storage-failed'],
  [new Error('no such store'), 'storage-failed'],
])('%s is %s: a private window is named only where it can be one', (error, problem) => {
  expect(storageProblem(error)).toBe(problem);
});
