import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDirLockedError, lockDataDir } from './dataDirLock';

const SCRIPT = fileURLToPath(new URL('./testing/holdLock.ts', import.meta.url));

let folder: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-lock-test-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Another process that takes the lock; answers once it has said how that went. */
async function other(dataDir: string, then = ''): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, dataDir, then], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = await once(createInterface(child.stdout), 'line');
  return { child, said };
}

const mine = (dataDir: string) => lockDataDir({ dataDir, what: 'this test' });

/** A path of about 200 bytes, longer than any socket's may be. */
const longPath = () => join(folder, 'long-'.repeat(20), 'longer-'.repeat(10));

describe.each([
  ['a short path', () => join(folder, 'data')],
  ['a path longer than a socket may have', longPath],
])('the lock on %s', (_, path) => {
  test('is held by one, by name', async () => {
    const { child, said } = await other(path());
    expect(said).toBe('held');
    const refused = mine(path());
    await expect(refused).rejects.toBeInstanceOf(DataDirLockedError);
    await expect(refused).rejects.toThrow(path());
    await expect(refused).rejects.toThrow(`process ${child.pid}, a process of a test`);
    await expect(refused).rejects.toMatchObject({ holderPid: child.pid });
  });

  test('outlives nobody: killed, its folder is free at once', async () => {
    const { child } = await other(path());
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await mine(path());
    expect(readdirSync(join(path(), 'lock'))).toHaveLength(1);
    await lock.release();
    expect(readdirSync(join(path(), 'lock'))).toEqual([]);
  });

  test('can be let go and taken again', async () => {
    await (await mine(path())).release();
    const lock = await mine(path());
    await expect(mine(path())).rejects.toThrow(`process ${process.pid}, this test`);
    await lock.release();
    expect((await other(path())).said).toBe('held');
  });
});

test('a holder that has no time to answer is named all the same', async () => {
  const { child } = await other(folder, 'blocked');
  await sleep(300);
  await expect(mine(folder)).rejects.toThrow(`process ${child.pid}, which does not answer`);
});

test.runIf(process.platform === 'linux')('a zombie does not hold it', async () => {
  // The shell starts the holder and never waits for it: killed, it stays a zombie as long as the shell sleeps.
  const shell = spawn('sh', ['-c', '"$@" & exec sleep 60', 'sh', process.execPath, '--import', 'tsx', SCRIPT, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(shell);
  const [said] = await once(createInterface(shell.stdout), 'line');
  expect(said).toBe('held');
  const pid = Number.parseInt(readdirSync(join(folder, 'lock'))[0] ?? '', 10);
  process.kill(pid, 'SIGKILL');
  const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];
  while (state() !== 'Z') await sleep(10);
  await (await mine(folder)).release();
  expect(state()).toBe('Z');
});

test('of many that start at once one gets it', async () => {
  // What killed processes leave behind is in their way.
  for (let index = 0; index < 3; index++) {
    const { child } = await other(join(folder, `${index}`));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const started = await Promise.all(Array.from({ length: 6 }, () => other(join(folder, '0'))));
  const holders = started.filter(({ said }) => said === 'held');
  expect(holders).toHaveLength(1);
  for (const { said } of started) expect(said).toMatch(/^held$|is in use by process \d+, a process of a test\./);
});

test('of many in one process one gets it, over and over', async () => {
  for (let round = 0; round < 20; round++) {
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => mine(folder)));
    const held = settled.filter((result) => result.status === 'fulfilled');
    expect(held).toHaveLength(1);
    await held[0]?.value.release();
  }
  expect(readdirSync(join(folder, 'lock'))).toEqual([]);
});

test('what is no lock in its folder does not matter', async () => {
  mkdirSync(join(folder, 'lock', 'folder.new'), { recursive: true });
  await (await mine(folder)).release();
});

test('a stranger on a socket there, who says something else, is not run over', async () => {
  mkdirSync(join(folder, 'lock'));
  const stranger = createServer((socket) => socket.end('hello\n')).listen(join(folder, 'lock', '1-stranger.sock'));
  await once(stranger, 'listening');
  await expect(mine(folder)).rejects.toThrow('process 1, which does not answer');
  stranger.close();
});
