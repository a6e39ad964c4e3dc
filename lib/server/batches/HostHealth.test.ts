import { expect, test } from 'vitest';
import { CircuitBreaker } from '@/lib/server/images/CircuitBreaker';
import { HostHealth } from './HostHealth';

function start() {
  const clock = { now: 0 };
  const circuits = new CircuitBreaker(() => clock.now);
  const hosts = new HostHealth(circuits);
  return {
    clock,
    hosts,
    answer(name: string) {
      circuits.note(name, 'answered');
      hosts.end(name, { answered: true });
    },
    fallSilent(name: string) {
      circuits.note(name, 'IMAGE_HOST_TIMEOUT');
      hosts.end(name, { answered: false });
    },
  };
}

test('a host gets more to do once it has answered, and one that is silent gets least', () => {
  const { hosts, answer, fallSilent } = start();
  expect(hosts.room).toEqual({ known: {}, others: 2 });
  for (const name of ['good', 'bad']) hosts.begin(name);
  hosts.begin('good');
  hosts.begin('bad');
  expect(hosts.room.known).toEqual({ good: 0, bad: 0 });
  answer('good');
  fallSilent('bad');
  expect(hosts.room.known).toEqual({ good: 7, bad: 0 });
  answer('good');
  // Also while nothing of it is under way: the next rows need not find out again.
  expect(hosts.room.known).toEqual({ good: 8, bad: 0 });
});

test('rows of a host whose circuit is open end at once, and one at a time tries it again', () => {
  const { clock, hosts, answer, fallSilent } = start();
  for (let i = 0; i < 5; i++) {
    hosts.begin('bad');
    fallSilent('bad');
  }
  expect(hosts.room.known.bad).toBeGreaterThan(100);
  clock.now = 60_000;
  expect(hosts.room.known).toEqual({ bad: 1 });
  hosts.begin('bad');
  answer('bad');
  expect(hosts.room.known).toEqual({ bad: 8 });
});

test.each(['silent', 'answering'] as const)('a million hosts that are %s do not fill the memory', (kind) => {
  const { hosts, answer, fallSilent } = start();
  const end = kind === 'silent' ? fallSilent : answer;
  for (let i = 0; i < 20_000; i++) {
    for (const name of [`host-${i}`, 'often asked']) {
      hosts.begin(name);
      end(name);
    }
  }
  const remembered = Object.keys(hosts.room.known);
  expect(remembered.length).toBeLessThanOrEqual(2_000);
  expect(remembered).toContain('often asked');
});
