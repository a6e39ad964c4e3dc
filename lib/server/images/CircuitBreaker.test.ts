import { expect, test } from 'vitest';
import { KithError } from '@/lib/shared/contract/errors';
import { CircuitBreaker, circuitsOf } from './CircuitBreaker';

const silence = () => Promise.reject(new KithError('IMAGE_HOST_TIMEOUT', 'too slow'));
const refusal = () => Promise.reject(new KithError('IMAGE_HOST_FAILED', 'refused', { cause: new Error() }));
const missing = () => Promise.reject(new KithError('IMAGE_HOST_FAILED', 'answered 404'));

async function fail(circuits: CircuitBreaker, fetch: () => Promise<unknown>, times = 5): Promise<void> {
  for (let i = 0; i < times; i++) await expect(circuits.run('bad', fetch)).rejects.toThrow();
}

test.each([
  [silence, 'IMAGE_HOST_TIMEOUT', 504],
  [refusal, 'IMAGE_HOST_FAILED', 502],
])('after five silences in a row the host is not asked for a minute, then once (%#)', async (fetch, code, status) => {
  let now = 0;
  let asked = 0;
  const circuits = new CircuitBreaker(() => now);
  const answer = async () => ++asked;
  await fail(circuits, fetch);
  now = 15_000;
  await expect(circuits.run('bad', answer)).rejects.toMatchObject({ code, status, retryAfterSeconds: 45 });
  expect(await circuits.run('good', answer)).toBe(1);

  // Half open: one request tries, and others are refused meanwhile. A failure opens the circuit again.
  now = 60_000;
  let end: (error: KithError) => void = () => undefined;
  const trial = circuits.run('bad', () => new Promise((_, reject) => (end = reject)));
  await expect(circuits.run('bad', answer)).rejects.toMatchObject({ code, retryAfterSeconds: 1 });
  end(new KithError('IMAGE_HOST_TIMEOUT', 'too slow'));
  await expect(trial).rejects.toThrow('too slow');
  await expect(circuits.run('bad', answer)).rejects.toMatchObject({ retryAfterSeconds: 60 });

  now = 120_000;
  expect(await circuits.run('bad', answer)).toBe(2);
  expect(await circuits.run('bad', answer)).toBe(3);
});

test('an answer is one whatever it says, and what was never asked says nothing', async () => {
  const circuits = new CircuitBreaker(() => 0);
  await fail(circuits, silence, 4);
  await fail(circuits, missing, 1);
  await fail(circuits, silence, 4);
  expect(circuits.isOpen('bad')).toBe(false);
  await fail(circuits, () => Promise.reject(new KithError('ADDRESS_NOT_ALLOWED', 'private')), 9);
  await fail(circuits, () => Promise.reject(new Error('the caller is gone')), 9);
  expect(circuits.isOpen('bad')).toBe(false);
  await fail(circuits, silence, 1);
  expect(circuits.isOpen('bad')).toBe(true);
});

test('a caller who hangs up while trying leaves the trial to the next', async () => {
  let now = 0;
  const circuits = new CircuitBreaker(() => now);
  await fail(circuits, silence);
  now = 60_000;
  await fail(circuits, () => Promise.reject(new Error('the caller is gone')), 1);
  expect(await circuits.run('bad', async () => 'here')).toBe('here');
});

test('each owner has a breaker of their own', async () => {
  await fail(circuitsOf('key:1'), silence);
  expect(circuitsOf('key:1').isOpen('bad')).toBe(true);
  expect(circuitsOf('key:2').isOpen('bad')).toBe(false);
});

test('a million silent hosts do not fill the memory', () => {
  const circuits = new CircuitBreaker(() => 0);
  for (let i = 0; i < 20_000; i++) {
    circuits.note(`host-${i}`, 'IMAGE_HOST_TIMEOUT');
    circuits.note('often asked', 'IMAGE_HOST_TIMEOUT');
  }
  expect(circuits.isSilent('host-0')).toBe(false);
  expect(circuits.isOpen('often asked')).toBe(true);
});
