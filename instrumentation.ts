/** Next calls this once, before the first request. Only the Node.js runtime has what a server needs. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('./lib/server/start/start');
  await start();
}
