import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { WASM_FOLDER } from './assets';

/**
 * Which tfjs backend computes. Names say little: WebGL may be a software renderer twenty times slower than WASM, and
 * may compute in half precision. So each is timed on convolutions of the encoder's shape, and its numbers are
 * compared with WASM's, which the tests compare with the server's.
 */
export const BACKENDS = ['wasm', 'webgl', 'webgpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface Probe {
  backend: BackendName;
  /**
   * Best of three runs, or of fewer where another backend is far ahead, ms; null when the backend is not there, has no
   * graphics processor behind it, or took too long.
   */
  milliseconds: number | null;
  /** Largest difference from WASM, relative to the largest value. */
  error: number | null;
}

export interface BackendChoice {
  backend: BackendName;
  /** Empty when an earlier choice was taken up again. */
  probes: Probe[];
}

/** Differences of float32 convolutions stay below 1e-4; half precision shows as 1e-2 and more. */
const MAX_ERROR = 2e-3;
/** A backend that needs longer than this to start and answer would not be chosen anyway, ms. */
const PATIENCE_MS = 6000;
/**
 * What renderers call themselves that compute on the CPU: Chromium's and Mesa's, Windows' without a driver. They take
 * ten times as long as WASM, and seconds and every core to say so.
 */
const IN_SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i;
/** A run that takes so many times as long as one of the fastest backend yet makes further ones pointless. */
const HOPELESS = 4;

/**
 * Activates the fastest backend with right numbers. `remembered` (an earlier choice on this device) is taken up
 * without a probe when it still starts. Throws when not even WASM runs.
 */
export async function chooseBackend(remembered?: BackendName): Promise<BackendChoice> {
  setWasmPaths(WASM_FOLDER);
  // On an isolated page (a proxy may make it one) tfjs would take its threaded build, which is not served: decision 14.
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

/** Makes a backend the active one; false when the browser does not have it. */
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
    // tfjs throws for a backend the driver refuses; to us that is the same as not having it.
    return false;
  }
}

/** WebGPU is not in TypeScript's DOM. */
interface Gpu {
  requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean } } | null>;
}

/** Asked before tfjs is, which would print an error where there is an API but no adapter behind it. */
async function hasGpu(): Promise<boolean> {
  const { gpu } = navigator as Navigator & { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter();
  return Boolean(adapter && !adapter.info?.isFallbackAdapter);
}

/** Whether there is WebGL on a graphics processor, as far as the browser says. */
function hasWebGl(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (!context) return false;
  // Firefox has no such extension any more, and says in RENDERER what it would.
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !IN_SOFTWARE.test(renderer);
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
    if (milliseconds > HOPELESS * best) break;
  }
  return { backend, milliseconds, error: relativeError(result, reference) };
}

async function withPatience(running: Promise<Probe>, backend: BackendName): Promise<Probe> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given = new Promise<Probe>((resolve) => {
    timer = setTimeout(() => resolve({ backend, milliseconds: null, error: null }), PATIENCE_MS);
  });
  const none = { backend, milliseconds: null, error: null };
  const result = await Promise.race([running.catch(() => none), given]);
  clearTimeout(timer);
  return result;
}

/** Three of the encoder's convolutions (64 channels, 38 × 38) on fixed numbers. */
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

/** Numbers between −1 and 1 that are the same everywhere. */
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
