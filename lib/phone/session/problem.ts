/** Problems that stop the page. Each has a screen that says what to do. */
export type Problem =
  | 'browser-too-old'
  | 'insecure-origin'
  | 'storage-blocked'
  /** The browser gives storage, but what is in it cannot be opened. */
  | 'storage-failed'
  | 'storage-full'
  | 'permission-denied'
  | 'no-camera'
  | 'camera-in-use'
  | 'revoked'
  /** The token, its key or the whole database is gone, or the server does not know the token. */
  | 'pair-again'
  /** The server matches by a newer rule than this page. */
  | 'outdated'
  | 'failed';

/** Returns the problem if this browser lacks a required feature, else null. Checked first. */
export function missingSupport(scope: Window & typeof globalThis = window): Problem | null {
  // Without a secure context, browsers hide the camera and Web Crypto. That would look like an old browser.
  if (!scope.isSecureContext) return 'insecure-origin';
  const has =
    typeof scope.Worker === 'function' &&
    typeof scope.WebAssembly === 'object' &&
    typeof scope.OffscreenCanvas === 'function' &&
    typeof scope.BroadcastChannel === 'function' &&
    'indexedDB' in scope &&
    'locks' in scope.navigator &&
    Boolean(scope.crypto?.subtle) &&
    Boolean(scope.navigator.mediaDevices?.getUserMedia);
  return has ? null : 'browser-too-old';
}

/** Maps a camera error to its problem (Media Capture and Streams, getUserMedia(), the errors of step 10). */
export function cameraProblem(error: unknown): Problem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permission-denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no-camera';
    case 'NotReadableError':
    case 'AbortError':
      return 'camera-in-use';
    default:
      return 'failed';
  }
}

/** Maps a storage error to its problem (Indexed Database API 3.0 and Storage, the errors of open() and of writes). */
export function storageProblem(error: unknown): Problem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'QuotaExceededError':
      return 'storage-full';
    case 'SecurityError':
    case 'NotAllowedError':
    // Firefox in a private window.
    case 'InvalidStateError':
      return 'storage-blocked';
    default:
      return 'storage-failed';
  }
}
