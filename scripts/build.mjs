/** `npm run build`: everything `npm start` does before it starts. */
import { ensureBuilt } from './prepare/build.mjs';
import { main } from './prepare/main.mjs';
import { prepare } from './prepare/prepare.mjs';

await main(async () => {
  await prepare();
  await ensureBuilt();
});
