import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Outcome } from './runImport';
import { showEnrolled } from './showEnrolled';
import { showPlan } from './showPlan';

const ADDRESS = 'https://user:secret@files.example/ada.jpg?X-Amz-Signature=secret';
const SHOWN = 'https://***@files.example/ada.jpg?X-Amz-Signature=***';

let printed = '';
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

test.each([true, false])('a plan shows addresses without their secrets (JSON: %s)', (json) => {
  const rows = [ADDRESS, 'data:image/png;base64,AA', 'a:b@c/ada.jpg'].map((source) => ({
    source,
    read: null,
    attributes: { user_name: 'Ada' },
  }));
  showPlan({ json }, { rows, leftOut: [], notes: [], badRows: 0 });
  expect(printed).not.toContain('secret');
  for (const shown of [SHOWN, 'data:…', 'a:b@c/ada.jpg']) expect(printed).toContain(shown);
});

test.each([true, false])('rows that failed show addresses without their secrets (JSON: %s)', (json) => {
  const failed = [{ row: 7, source: ADDRESS, error_message: `${ADDRESS} cannot be read.` }];
  const outcome = { import: { import_id: 3, enrolled: 0, duplicates: 0, failed: 1 }, failed };
  showEnrolled({ json }, outcome as unknown as Outcome);
  expect(printed).not.toContain('secret');
  expect(printed.split(SHOWN)).toHaveLength(3);
});
