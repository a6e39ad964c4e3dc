/** What the two plots over the distance share, so that they stand exactly below each other. */
export const MARGIN = { top: 20, right: 12, bottom: 0, left: 0 };

export const AXIS = { width: 48, stroke: 'var(--muted)', tickLine: false, axisLine: false } as const;

export const DISTANCE_AXIS = {
  dataKey: 'distance',
  type: 'number',
  domain: [0, 1.2],
  ticks: [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2],
  stroke: 'var(--muted)',
  tickLine: false,
} as const;

export const TOOLTIP = {
  contentStyle: { background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 10 },
} as const;

export const THRESHOLD_LINE = {
  stroke: 'var(--ink)',
  strokeWidth: 2,
  ifOverflow: 'hidden',
  label: { value: 'threshold', position: 'top', fill: 'var(--ink)' },
} as const;
