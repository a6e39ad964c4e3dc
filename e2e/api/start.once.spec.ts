import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../fixtures/freePort';
import { openPaths } from '../fixtures/openPaths';
import { expect, test } from '../fixtures/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs `npm start` without npm. Returns its process, its output, and a promise of its exit code. */
function start(env: Record<string, string>): { child: ChildProcess; output: () => string; ended: Promise<number> } {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  }
  return { child, output: () => text, ended: once(child, 'exit').then(([code]) => code as number) };
}

test('npm start shows set-up link and address, refuses a taken port, and its server does not outlive it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kith-start-'));
  const port = String(await freePort());
  const { child, output, ended } = start({ PORT: port, DATA_DIR: join(folder, 'data') });
  try {
    const started = Date.now();
    await expect.poll(output, { timeout: 45_000 }).toContain(`Kith is ready: http://localhost:${port}`);
    expect(Date.now() - started).toBeLessThan(45_000);
    expect(output()).toContain(`http://localhost:${port}/setup?token=`);
    expect(await openPaths(join(folder, 'data'))).toEqual([]);

    const second = start({ PORT: port, DATA_DIR: `${folder}-second` });
    expect(await second.ended).toBe(1);
    expect(second.output().trim()).toMatch(new RegExp(`^PORT ${port} is taken by another program`));

    child.kill('SIGKILL');
    await ended;
    const alive = () =>
      fetch(`http://127.0.0.1:${port}/api/health`).then(
        () => true,
        () => false,
      );
    await expect.poll(alive, { timeout: 15_000 }).toBe(false);
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});

test('a PORT that is none is named', async () => {
  const { output, ended } = start({ PORT: '99999' });
  expect(await ended).toBe(1);
  expect(output()).toContain('PORT must be a port number from 0 to 65535, not "99999"');
});
