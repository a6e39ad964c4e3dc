import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '../client';

/** A query as the driver got it. */
export interface LoggedQuery {
  text: string;
  params: unknown[];
}

/** A node of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) prints it. */
interface PlanNode {
  'Node Type': string;
  'Total Cost': number;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** How a query reads one table. */
export interface TableRead {
  /** `Seq Scan`, `Index Scan`, `Bitmap Heap Scan`, … */
  node: string;
  table: string;
  /** Number of rows examined, including those that did not match. */
  rows: number;
}

/** Runs a query with EXPLAIN ANALYZE. Returns the planner's cost estimate, and how the query read its tables. */
export async function explain(
  db: Database,
  { text, params }: LoggedQuery,
): Promise<{ cost: number; reads: TableRead[] }> {
  const pieces = text
    .split(/\$(\d+)/)
    .map((piece, i) => (i % 2 === 0 ? sql.raw(piece) : sql`${params[Number(piece) - 1]}`));
  const [answer] = await queryRows<{ 'QUERY PLAN': [{ Plan: PlanNode }] | string }>(
    db,
    sql`explain (analyze, timing off, format json) ${sql.join(pieces)}`,
  );
  const plan = answer?.['QUERY PLAN'];
  const [{ Plan }] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: PlanNode }];
  return { cost: Plan['Total Cost'], reads: readsOf(Plan) };
}

function readsOf(node: PlanNode): TableRead[] {
  const table = node['Relation Name'];
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own =
    table === undefined
      ? []
      : [{ node: node['Node Type'], table, rows: (node['Actual Rows'] + removed) * node['Actual Loops'] }];
  return [...own, ...(node.Plans ?? []).flatMap(readsOf)];
}
