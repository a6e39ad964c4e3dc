import { describe, expect, test } from 'vitest';
import { ERRORS } from '@/lib/shared/contract/errors';
import { OPERATIONS } from '@/lib/shared/contract/operations';
import { type Panel, readAlerts, readDashboard, readExpressions } from './testing/monitoring';
import { readPromql } from './testing/promql';

const GRID_WIDTH = 24;

describe('the dashboard', () => {
  test('has panels with ids of their own that lie beside each other', async () => {
    const { panels } = await readDashboard();
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > GRID_WIDTH)).toEqual([]);
    const overlapping = panels.flatMap((one, index) =>
      panels.slice(index + 1).flatMap((other) => (overlap(one, other) ? [[one.title, other.title]] : [])),
    );
    expect(overlapping).toEqual([]);
  });

  test('asks whichever Prometheus and servers are chosen', async () => {
    const { templating, panels } = await readDashboard();
    expect(templating.list.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['instance', 'query'],
    ]);
    for (const panel of panels) {
      if (panel.type === 'row') continue;
      for (const { expr } of panel.targets) expect(expr, panel.title).toContain('instance=~"$instance"');
      const letters = panel.targets.map(({ refId }) => refId);
      expect(new Set(letters).size, panel.title).toBe(letters.length);
    }
  });
});

test('each alert has a name of its own, and says what to do', async () => {
  const alerts = await readAlerts();
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  expect(alerts.filter(({ annotations }) => annotations.action.length < 20)).toEqual([]);
});

// Whether the metrics and labels are there, e2e/api/server.spec.ts asks of a running server.
test('calls and errors that expressions name are there', async () => {
  const known: Record<string, string[]> = {
    operation: OPERATIONS.map(({ id }) => id),
    error_type: Object.values(ERRORS).map(({ type }) => String(type)),
  };
  const named = (await readExpressions()).flatMap((expression) => readPromql(expression).selectors);
  const unknown = named.flatMap(({ labels }) =>
    Object.entries(known).flatMap(([label, values]) =>
      (labels[label] ?? []).filter((value) => !values.includes(value)).map((value) => `${label}="${value}"`),
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});

test('what is no PromQL is told', () => {
  expect(() => readPromql('sum by (le (up)')).toThrow('no PromQL');
});

function overlap({ gridPos: one }: Panel, { gridPos: other }: Panel): boolean {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}
