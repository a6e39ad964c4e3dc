/** `npm run dev`: does the same as `npm start`, with Next's development server instead of a build. */
import { serverArguments } from './prepare/arguments.mjs';
import { main } from './prepare/main.mjs';
import { checkPort } from './prepare/port.mjs';
import { prepare } from './prepare/prepare.mjs';
import { serve } from './prepare/serve.mjs';
import { ROOT } from './prepare/step.mjs';
import { keepFilesPrivate } from './prepare/umask.mjs';
import { installHook } from './testing/installHook.mjs';

keepFilesPrivate();

await main(async () => {
  const listen = serverArguments(process.argv.slice(2));
  await checkPort(listen);
  await prepare();
  await installHook(ROOT);
  return serve('dev', listen);
});
