import { expect, test } from 'vitest';
import { ServerError } from './server';
import { withoutRefused } from './withoutRefused';

const ADDED_LATER = ['candidates', 'lineage'] as const;
const TOLD = { id: 1, candidates: [7], lineage: 'a' };

/** A sender that fails with these messages, one after the other. `told` is what it was given. */
function sender(...messages: string[]) {
  const told: unknown[] = [];
  const send = withoutRefused(ADDED_LATER, async (value: typeof TOLD, known) => {
    told.push(known<{ id: number; candidates?: unknown; lineage?: unknown }>(value));
    const message = messages.shift();
    if (message !== undefined) throw new ServerError(400, 1000, message, null);
  });
  return { send, told };
}

test.each([
  [
    'a server of today',
    ['events.0.candidates is not known here. Known are id.', 'events.3.lineage is not known here.'],
  ],
  ['a server of an earlier version', ['events.0 must not have candidates, lineage.']],
])('%s refuses fields: they are left out, and stay left out', async (_, messages) => {
  const { send, told } = sender(...messages);
  await send(TOLD);
  await send(TOLD);
  expect(told[0]).toEqual(TOLD);
  expect(told).toHaveLength(messages.length + 2);
  expect(told.slice(-2)).toEqual([{ id: 1 }, { id: 1 }]);
});

test('a field that the message only recommends is kept', async () => {
  const { send, told } = sender('events.0.candidates is not known here. Known are id, lineage.');
  await send(TOLD);
  expect(told).toEqual([TOLD, { id: 1, lineage: 'a' }]);
});

test.each([
  'events.0.lineage must be a lineage of the feed.',
  'events.0.ids is not known here. Known are id, lineage.',
])('other errors are thrown at once: %s', async (message) => {
  const { send, told } = sender(message);
  await expect(send(TOLD)).rejects.toThrow(message);
  expect(told).toHaveLength(1);
});

test('a field that stays refused does not repeat the request for ever', async () => {
  const refusal = 'events.0.lineage is not known here.';
  const { send, told } = sender(refusal, refusal, refusal);
  await expect(send(TOLD)).rejects.toThrow(refusal);
  expect(told).toHaveLength(2);
});
