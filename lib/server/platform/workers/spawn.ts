import type { WorkerOptions } from 'node:worker_threads';

/**
 * What a `node:worker_threads` worker of ours needs to start from where its caller runs: inside a bundle nothing,
 * under tsx and vitest the loader that makes a thread understand TypeScript.
 *
 * The bundler finds a worker only where the constructor, the URL and an object literal stand together, and it keeps
 * `workerData` only if that is an object, so a caller writes exactly this:
 *
 * ```ts
 * new Worker(new URL('./worker.ts', import.meta.url), { workerData: {…}, ...workerOptions(import.meta.url) });
 * ```
 *
 * @param callerUrl the caller's `import.meta.url`
 */
export function workerOptions(callerUrl: string): Pick<WorkerOptions, 'execArgv'> {
  // Next leaves the source's name in import.meta.url of a bundle, so the name alone does not tell; NEXT_RUNTIME,
  // which Next writes into every server bundle it makes, does.
  const isSource = callerUrl.endsWith('.ts') && !process.env.NEXT_RUNTIME;
  return isSource ? { execArgv: ['--import', new URL('./tsx.mjs', import.meta.url).href] } : {};
}
