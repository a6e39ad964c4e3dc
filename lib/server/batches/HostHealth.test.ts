import { expect, test } from 'vitest';
import { HostHealth } from './HostHealth';

test('a host gets more to do once it has answered, and one that is silent gets least', () => {
  const hosts = new HostHealth(() => 0);
  expect(hosts.room).toEqual({ known: {}, others: 2 });
  for (const name of ['good', 'bad']) hosts.begin(name);
  hosts.begin('good');
  hosts.begin('bad');
  expect(hosts.room.known).toEqual({ good: 0, bad: 0 });
  hosts.end('good', 'answered');
  hosts.end('bad', 'silent');
  expect(hosts.room.known).toEqual({ good: 7, bad: 0 });
  hosts.end('good', 'answered');
  // Also while nothing of it is under way: the next rows need not find out again.
  expect(hosts.room.known).toEqual({ good: 8, bad: 0 });
});

test('a host that was silent five times in a row is left alone for a minute', () => {
  let now = 0;
  const hosts = new HostHealth(() => now);
  for (let i = 0; i < 5; i++) {
    expect(hosts.isLeftAlone('bad')).toBe(false);
    hosts.begin('bad');
    hosts.end('bad', 'silent');
  }
  expect(hosts.isLeftAlone('bad')).toBe(true);
  expect(hosts.room.known.bad).toBeGreaterThan(100);
  now = 60_000;
  expect(hosts.isLeftAlone('bad')).toBe(false);
  expect(hosts.room.known).toEqual({ bad: 1 });
  hosts.begin('bad');
  hosts.end('bad', 'answered');
  expect(hosts.room.known).toEqual({ bad: 8 });
});

test('a host that is not asked is neither silent nor answering', () => {
  const hosts = new HostHealth(() => 0);
  for (let i = 0; i < 9; i++) {
    hosts.begin('idle');
    hosts.end('idle', 'none');
  }
  expect(hosts.isLeftAlone('idle')).toBe(false);
});

test.each(['silent', 'answered'] as const)('a million hosts that were %s do not fill the memory', (answer) => {
  const hosts = new HostHealth(() => 0);
  for (let i = 0; i < 20_000; i++) {
    hosts.begin(`host-${i}`);
    hosts.end(`host-${i}`, answer);
    hosts.begin('often asked');
    hosts.end('often asked', answer);
  }
  const remembered = Object.keys(hosts.room.known);
  expect(remembered.length).toBeLessThanOrEqual(2_000);
  expect(remembered).toContain('often asked');
});
