/** What can keep the page from working; each has a screen that says what to do. */
export type Trouble =
  | 'browser-too-old'
  | 'insecure-origin'
  | 'storage-blocked'
  | 'storage-full'
  | 'permission-denied'
  | 'no-camera'
  | 'camera-in-use'
  | 'revoked'
  | 'failed';

/** What this browser lacks, or null. Asked before anything else. */
export function missingSupport(scope: Window & typeof globalThis = window): Trouble | null {
  // Without a secure context browsers hide the camera and the keys, which looks like an old browser but is not one.
  if (!scope.isSecureContext) return 'insecure-origin';
  const has =
    typeof scope.Worker === 'function' &&
    typeof scope.WebAssembly === 'object' &&
    typeof scope.OffscreenCanvas === 'function' &&
    typeof scope.BroadcastChannel === 'function' &&
    'indexedDB' in scope &&
    'locks' in scope.navigator &&
    Boolean(scope.crypto?.subtle) &&
    Boolean(scope.navigator.mediaDevices?.getUserMedia) &&
    typeof AbortSignal.any === 'function';
  return has ? null : 'browser-too-old';
}

/** Why a camera did not start (Media Capture and Streams, getUserMedia(), the errors of step 10). */
export function cameraTrouble(error: unknown): Trouble {
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

/** Why nothing could be kept. */
export function storageTrouble(error: unknown): Trouble {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'storage-full' : 'storage-blocked';
}
