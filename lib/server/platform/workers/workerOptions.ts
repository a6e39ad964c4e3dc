import type { WorkerOptions } from 'node:worker_threads';

/**
 * Returns the options that a `node:worker_threads` worker of ours needs to start from where its caller runs. Inside a
 * bundle there are none; under tsx and vitest it is the loader for TypeScript.
 *
 * The bundler finds a worker only where the constructor, the URL and an object literal are in one expression. It keeps
 * `workerData` only if that is an object. A caller must therefore write exactly this:
 *
 * ```ts
 * new Worker(new URL('./worker.ts', import.meta.url), { workerData: {…}, ...workerOptions(import.meta.url) });
 * ```
 *
 * @param callerUrl the caller's `import.meta.url`
 */
export function workerOptions(callerUrl: string): Pick<WorkerOptions, 'execArgv'> {
  // Next keeps the source's name in import.meta.url of a bundle, so the name alone is not enough. NEXT_RUNTIME, which
  // Next inlines into every server bundle, decides.
  const isSource = callerUrl.endsWith('.ts') && !process.env.NEXT_RUNTIME;
  return isSource ? { execArgv: ['--import', new URL('./tsx.mjs', import.meta.url).href] } : {};
}
