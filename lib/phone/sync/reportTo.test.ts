import { afterEach, expect, test, vi } from 'vitest';
import { contactDevice } from '@/lib/shared/contract/devices';
import { reportTo } from './reportTo';

afterEach(() => vi.unstubAllGlobals());

const STATE = { gallery_version: 0, gallery_faces: 0, waiting_events: 0, app_version: '0.3.0' };
const REPORT = { ...STATE, matching: 2, knows_groups: true };

/** A server that refuses some fields as `validate` does. Returns what it is told, call by call. */
function serverWithout(...unknown: string[]): Record<string, unknown>[] {
  const told: Record<string, unknown>[] = [];
  vi.stubGlobal('fetch', async (_: unknown, { body }: { body: string }) => {
    const state = contactDevice.body?.parse(JSON.parse(body)) as Record<string, unknown>;
    told.push(state);
    const refused = unknown.filter((field) => field in state);
    if (refused.length === 0) return Response.json({ device_id: 3 });
    const message = `body must not have ${refused.join(', ')}`;
    return Response.json({ error_type: 1000, error_message: message, message }, { status: 400 });
  });
  return told;
}

test('a server of today is told everything at once', async () => {
  const told = serverWithout();
  expect(await reportTo('token', REPORT)).toMatchObject({ device_id: 3 });
  expect(told).toEqual([REPORT]);
});

test('a server of an earlier version is told what it knows', async () => {
  const { knows_groups: _, ...withMatching } = REPORT;
  const before = serverWithout('knows_groups');
  await reportTo('token', REPORT);
  expect(before).toEqual([REPORT, withMatching]);
  const earliest = serverWithout('knows_groups', 'matching');
  await reportTo('token', REPORT);
  expect(earliest).toEqual([REPORT, STATE]);
});

test('what is wrong otherwise is not tried again', async () => {
  const told = serverWithout('waiting_events');
  await expect(reportTo('token', REPORT)).rejects.toMatchObject({ type: 1000 });
  expect(told).toHaveLength(1);
});
