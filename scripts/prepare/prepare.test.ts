import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { serverArguments } from './arguments.mjs';
import { checkPort } from './port.mjs';
import { sourceHash } from './sourceHash.mjs';

afterEach(() => vi.unstubAllEnvs());

describe('serverArguments', () => {
  test('the command line goes before the environment, which goes before 3000', () => {
    vi.stubEnv('PORT', '');
    expect(serverArguments([])).toEqual({ port: 3000, hostname: undefined });
    vi.stubEnv('PORT', '4000');
    expect(serverArguments([])).toEqual({ port: 4000, hostname: undefined });
    expect(serverArguments(['-p', '5000', '--hostname', '::1'])).toEqual({ port: 5000, hostname: '::1' });
  });

  test.each([[['--port', 'x']], [['--port', '70000']], [['--prot', '1']], [['extra']]])('%j is refused', (argv) => {
    expect(() => serverArguments(argv)).toThrow(/PORT|--port/);
  });
});

describe('checkPort', () => {
  test('a taken port is named, with another one to try', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await expect(checkPort({ port, hostname: '127.0.0.1' })).rejects.toThrow(`PORT ${port} is taken`);
    await new Promise((resolve) => server.close(resolve));
    await expect(checkPort({ port, hostname: '127.0.0.1' })).resolves.toBeUndefined();
  });

  test('a hostname that is not of this machine is said', async () => {
    await expect(checkPort({ port: 3000, hostname: '192.0.2.77' })).rejects.toThrow('Cannot listen on 192.0.2.77');
  });
});

test('the source hash stands still while the source does', async () => {
  expect(await sourceHash()).toBe(await sourceHash());
});
