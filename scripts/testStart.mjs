/**
 * `npm run test:start`: does what a new user does first, on any system. It starts the server like `npm start`, enrols
 * and recognises a person, and stops the server. It ends with the line "N passed, N failed".
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from './prepare/main.mjs';
import { ROOT } from './prepare/step.mjs';
import { faceApi } from './testing/faceApi.mjs';
import { freePorts } from './testing/freePorts.mjs';
import { matchesFranck, PEOPLE } from './testing/people.mjs';
import { Report } from './testing/Report.mjs';
import { until } from './testing/until.mjs';

/** Includes the time from a clean clone: packages, models and build. */
const START_MS = 20 * 60_000;
const KEY = 'a-key-for-the-start';

await main(async () => {
  const report = new Report();
  const folder = await mkdtemp(join(tmpdir(), 'kith-start-'));
  const [port = 0] = await freePorts(1);
  const child = spawn(process.execPath, ['scripts/start.mjs', '--port', String(port), '--hostname', '127.0.0.1'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: folder, API_KEY: KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const ended = once(child, 'exit');
  const api = faceApi(`http://127.0.0.1:${port}`, KEY);
  try {
    const started = await report.check('npm start ends in a ready server', async () => {
      await until('"Kith is ready"', START_MS, async () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
        return output.includes('Kith is ready');
      });
      assert.equal(await api.status('/api/ready'), 200);
      assert.match(output, /\/setup\?token=/);
    });
    if (!started) return report.close();
    await report.check('a person is enrolled and recognised in another photo', async () => {
      const { status, body } = await api.enrol(PEOPLE.franck.enrolled, 'Franck');
      assert.equal(status, 200, JSON.stringify(body));
      return `trust ${await matchesFranck(api)}`;
    });
    await report.check('pages come with it', async () => {
      for (const path of ['/login', '/scan', '/scan.webmanifest']) assert.equal(await api.status(path), 200, path);
    });
    await report.check('it stops', async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      // Windows has no signals. The program is killed there, and its server notices.
      if (process.platform !== 'win32') assert.equal(code, 0);
      await until('the end of the server', 20_000, () =>
        api.status('/api/health').then(
          () => false,
          () => true,
        ),
      );
    });
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  }
  return report.close();
});
