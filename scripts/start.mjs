/**
 * `npm start`: does everything from a clean clone to a running server. It skips a step if its result is there, so a
 * second start takes seconds.
 */
import { serverArguments } from './prepare/arguments.mjs';
import { ensureBuilt, isBuilt } from './prepare/build.mjs';
import { main } from './prepare/main.mjs';
import { checkPort } from './prepare/port.mjs';
import { prepare } from './prepare/prepare.mjs';
import { serve } from './prepare/serve.mjs';
import { keepFilesPrivate } from './prepare/umask.mjs';

keepFilesPrivate();

await main(async () => {
  const listen = serverArguments(process.argv.slice(2));
  await checkPort(listen);
  // A built server runs without the packages of the build (`npm prune --omit=dev`).
  const built = await isBuilt();
  await prepare({ forBuild: !built });
  if (!built) await ensureBuilt();
  return serve('start', listen);
});
