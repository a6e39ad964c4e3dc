import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTrace, trimTraces } from './traces.mjs';

test('a build for Vercel leaves the embedded database out of every trace, and the rest as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kith-traces-'));
  try {
    const app = join(folder, 'server/app/face');
    mkdirSync(app, { recursive: true });
    const others = ['../../../../models/encoder.onnx', '../../../../node_modules/postgres/src/index.js'];
    const embedded = [
      '../../../../node_modules/@electric-sql/pglite/dist/pglite.wasm',
      '../../../node_modules/@electric-sql/pglite-7966c14983af6418',
    ];
    const traces = [join(app, 'route.js.nft.json'), join(folder, 'server/instrumentation.js.nft.json')];
    for (const trace of traces) writeFileSync(trace, JSON.stringify({ version: 1, files: [...embedded, ...others] }));

    const read = await readTrace(join(app, 'route.js'));
    expect(read).toEqual(others.map((path) => join(app, path)));
    await trimTraces(folder);
    for (const trace of traces) expect(JSON.parse(readFileSync(trace, 'utf8'))).toEqual({ version: 1, files: others });
    expect(await readTrace(join(app, 'route.js'))).toEqual(read);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
