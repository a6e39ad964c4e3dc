import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Networks loaded in threads, as in a server, and on the main thread, as when the models are built. */
const WAYS = {
  'in threads': `
    import { InferencePool } from './lib/server/vision/pool.ts';
    const pool = await InferencePool.start({ folder: 'models', size: 1 });
    await pool.close();`,
  'on the main thread': `
    import { loadNetworks } from './lib/server/vision/networks.ts';
    await loadNetworks('models');`,
};

test.each(Object.entries(WAYS))(
  '%s nothing is kept at home, where ONNX Runtime puts the id that it reports by',
  (_, program) => {
    const home = mkdtempSync(join(tmpdir(), 'kith-home-'));
    try {
      // No other variable: ONNX Runtime does not report where CI is set.
      const env = { PATH: process.env.PATH, HOME: home, NODE_ENV: 'production' as const };
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { env });
      expect(readdirSync(home, { recursive: true })).toEqual([]);
    } finally {
      rmSync(home, { recursive: true });
    }
  },
);
