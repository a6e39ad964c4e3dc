// Preloaded into a worker thread that is started from TypeScript. `--import tsx` alone does not do it: tsx registers
// its hooks only on the main thread, so the worker has to register its own. The tsconfig is named because the alias
// `@/` has to resolve wherever the process was started.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url)) });
