/**
 * `npm start`: everything from a clean clone to a running server. Each step is skipped when its result is there, so
 * that a second start takes seconds.
 */
import { serverArguments } from './prepare/arguments.mjs';
import { ensureBuilt } from './prepare/build.mjs';
import { main } from './prepare/main.mjs';
import { checkPort } from './prepare/port.mjs';
import { prepare } from './prepare/prepare.mjs';
import { serve } from './prepare/serve.mjs';
import { keepFilesPrivate } from './prepare/umask.mjs';

keepFilesPrivate();

await main(async () => {
  const listen = serverArguments(process.argv.slice(2));
  await checkPort(listen);
  await prepare();
  await ensureBuilt();
  return serve('start', listen);
});
