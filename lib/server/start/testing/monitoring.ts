import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (name: string) =>
  readFile(fileURLToPath(new URL(`../../../../docs/operations/${name}`, import.meta.url)), 'utf8');

const dataSource = z.object({ type: z.literal('prometheus'), uid: z.string().regex(/^\$\{datasource\}$/) });
const box = z.object({
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  w: z.int().positive(),
  h: z.int().positive(),
});

const panel = z.discriminatedUnion('type', [
  z.object({ type: z.literal('row'), id: z.int(), title: z.string().min(1), gridPos: box }),
  z.object({
    type: z.enum(['stat', 'timeseries']),
    id: z.int(),
    title: z.string().min(1),
    gridPos: box,
    datasource: dataSource,
    targets: z
      .array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string(), datasource: dataSource }))
      .min(1),
  }),
]);

const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(panel),
  annotations: z.object({ list: z.array(z.object({ datasource: dataSource, expr: z.string() })) }),
  templating: z.object({
    list: z.array(z.looseObject({ name: z.string(), type: z.string(), definition: z.string().optional() })),
  }),
});

const rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), action: z.string() }),
        }),
      ),
    }),
  ),
});

export type Panel = z.infer<typeof panel>;

/** The dashboard that Kith comes with, by Grafana's JSON model. */
export const readDashboard = async () => dashboard.parse(JSON.parse(await read('grafana.json')));

/** The alerts that Kith comes with. */
export const readAlerts = async () =>
  rules.parse(parse(await read('alerts.yaml'))).groups.flatMap((group) => group.rules);

/** Every expression of the dashboard and the alerts. */
export async function readExpressions(): Promise<string[]> {
  const [{ panels, annotations, templating }, alerts] = await Promise.all([readDashboard(), readAlerts()]);
  return [
    ...panels.flatMap((one) => (one.type === 'row' ? [] : one.targets.map(({ expr }) => expr))),
    ...annotations.list.map(({ expr }) => expr),
    ...templating.list.flatMap(({ definition }) => /^label_values\((\w+), \w+\)$/.exec(definition ?? '')?.[1] ?? []),
    ...alerts.map(({ expr }) => expr),
  ];
}
