/** `npm run build`: prepares everything that `npm start` needs, without starting the server. */
import { ensureBuilt } from './prepare/build.mjs';
import { main } from './prepare/main.mjs';
import { prepare } from './prepare/prepare.mjs';

await main(async () => {
  await prepare();
  await ensureBuilt();
});
