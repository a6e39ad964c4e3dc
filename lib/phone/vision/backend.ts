import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { WASM_FOLDER } from './assets';

/**
 * The tfjs backends. Their names do not predict their speed: WebGL may be a software renderer that is twenty times
 * slower than WASM, or compute in half precision. Therefore each is timed on convolutions of the encoder's shape, and
 * its results are compared with WASM's. The tests compare WASM's with the server's.
 */
export const BACKENDS = ['wasm', 'webgl', 'webgpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface Probe {
  backend: BackendName;
  /**
   * Best of three runs, or of fewer when another backend is far ahead, ms. Null when the backend is missing, has no
   * GPU, or timed out.
   */
  milliseconds: number | null;
  /** Maximum difference from WASM, relative to the largest value. */
  error: number | null;
}

export interface BackendChoice {
  backend: BackendName;
  /** Empty when an earlier choice was reused. */
  probes: Probe[];
}

/** Float32 convolutions differ by less than 1e-4; half precision differs by 1e-2 and more. */
const MAX_ERROR = 2e-3;
/** Timeout for a backend to start and run, ms. A slower one would not be chosen anyway. */
const TIMEOUT_MS = 6000;
/**
 * Names of software renderers: Chromium's and Mesa's, and that of Windows without a driver. They take ten times as long
 * as WASM, and probing them takes seconds on every core.
 */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i;
/** A backend whose run takes this many times as long as the fastest one so far is not run again. */
const GIVE_UP_FACTOR = 4;

/**
 * Activates the fastest backend with correct results. `remembered` (an earlier choice on this device) is reused without
 * a probe if it still starts. Throws when not even WASM runs.
 */
export async function chooseBackend(remembered?: BackendName): Promise<BackendChoice> {
  setWasmPaths(WASM_FOLDER);
  // On a cross-origin isolated page (a proxy may make it one) tfjs would load its threaded build, which is not served:
  // decision 14.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (remembered && (await start(remembered))) return { backend: remembered, probes: [] };

  const reference = (await start('wasm')) ? await convolve() : null;
  if (!reference) throw new Error('WebAssembly did not start in this browser');
  const probes: Probe[] = [];
  for (const backend of BACKENDS) {
    const best = Math.min(...probes.map(timeOf));
    probes.push(await withPatience(probe(backend, { reference, best }), backend));
  }
  const right = probes.filter(({ error }) => error !== null && error <= MAX_ERROR);
  const fastest = right.reduce((best, next) => (timeOf(next) < timeOf(best) ? next : best));
  await start(fastest.backend);
  return { backend: fastest.backend, probes };
}

const timeOf = ({ milliseconds }: Probe): number => milliseconds ?? Number.POSITIVE_INFINITY;

/** Activates a backend. Returns false when the browser does not have it. */
async function start(backend: BackendName): Promise<boolean> {
  try {
    if (backend === 'webgpu') {
      if (!(await hasGpu())) return false;
      await import('@tensorflow/tfjs-backend-webgpu');
    }
    const started = await tf.setBackend(backend);
    if (started) await tf.ready();
    return started;
  } catch {
    // tfjs throws when the driver refuses a backend; treated like a missing backend.
    return false;
  }
}

/** WebGPU is not in TypeScript's DOM. */
interface Gpu {
  requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean } } | null>;
}

/** Checked before tfjs, which would print an error where the API exists but has no adapter. */
async function hasGpu(): Promise<boolean> {
  const { gpu } = navigator as Navigator & { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter();
  return Boolean(adapter && !adapter.info?.isFallbackAdapter);
}

/** Returns whether WebGL runs on a GPU, as far as the browser reports it. */
function hasWebGl(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (!context) return false;
  // Firefox no longer has this extension; its RENDERER returns the same text.
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE_RENDERER.test(renderer);
}

async function probe(
  backend: BackendName,
  { reference, best }: { reference: Float32Array; best: number },
): Promise<Probe> {
  const isThere = (backend !== 'webgl' || hasWebGl()) && (await start(backend));
  if (!isThere) return { backend, milliseconds: null, error: null };
  const result = await convolve();
  let milliseconds = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = performance.now();
    await convolve();
    milliseconds = Math.min(milliseconds, performance.now() - before);
    if (milliseconds > GIVE_UP_FACTOR * best) break;
  }
  return { backend, milliseconds, error: relativeError(result, reference) };
}

async function withPatience(running: Promise<Probe>, backend: BackendName): Promise<Probe> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<Probe>((resolve) => {
    timer = setTimeout(() => resolve({ backend, milliseconds: null, error: null }), TIMEOUT_MS);
  });
  const none = { backend, milliseconds: null, error: null };
  const result = await Promise.race([running.catch(() => none), given]);
  clearTimeout(timer);
  return result;
}

/** Runs three of the encoder's convolutions (64 channels, 38 × 38) on fixed values. */
async function convolve(): Promise<Float32Array> {
  const output = tf.tidy(() => {
    let x = tf.tensor4d(waves(38 * 38 * 64), [1, 38, 38, 64]);
    for (let layer = 0; layer < 3; layer++) {
      const filter = tf.tensor4d(waves(3 * 3 * 64 * 64, layer + 1), [3, 3, 64, 64]);
      x = tf.relu(tf.conv2d(x, filter.div<tf.Tensor4D>(12), 1, 'same'));
    }
    return x.mean([1, 2]);
  });
  const values = await output.data<'float32'>();
  output.dispose();
  return values;
}

/** Deterministic values between −1 and 1. */
function waves(length: number, phase = 0): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 + phase));
}

function relativeError(values: Float32Array, reference: Float32Array): number {
  let largest = 0;
  let difference = 0;
  reference.forEach((expected, i) => {
    largest = Math.max(largest, Math.abs(expected));
    difference = Math.max(difference, Math.abs((values[i] ?? Number.NaN) - expected));
  });
  return Number.isFinite(difference) && largest > 0 ? difference / largest : Number.POSITIVE_INFINITY;
}
