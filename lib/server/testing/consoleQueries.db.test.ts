import { beforeAll, expect, test } from 'vitest';
import { explain, type LoggedQuery } from '@/db/testing/explain';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { fillDatabase } from '@/lib/server/demo/fillDatabase';
import { tendTables } from '@/lib/server/start/tendTables';
import { type ConsoleQuery, consoleQueries } from './consoleQueries';
import { fillGroups } from './fillGroups';
import { fillLogs } from './fillLogs';

const PEOPLE = 20_000;
/** Tables that grow with use: 40,000 samples here, and 20,000 rows of each other table. */
const LARGE = ['people', 'person_groups', 'samples', 'events', 'audit', 'import_rows', 'webhook_deliveries'];
/**
 * Maximum number of their rows that one query may read: twice what a search scans first, plus a page. A scan of a whole
 * table, by an index or not, reads more.
 */
const MAX_ROWS = 4_500;

/** PostgreSQL's jit_above_cost: compilation takes a tenth of a second, a hundred times as long as these queries. */
const JIT_ABOVE_COST = 100_000;

const logged: LoggedQuery[] = [];

describeOnEachDatabase(
  'at a size',
  (database) => {
    let queries: ConsoleQuery[];
    beforeAll(async () => {
      await fillDatabase(database(), { people: PEOPLE, samplesEach: 2 });
      await fillLogs(database(), { lines: PEOPLE });
      await fillGroups(database());
      await tendTables(database());
      queries = await consoleQueries(database());
    }, 300_000);

    test('no list of the console, in any order and with any filter, scans a whole table', async () => {
      const slow: string[] = [];
      for (const { name, run } of queries) {
        for (const query of await queriesOf(run)) {
          const { cost, reads: all } = await explain(database(), query);
          if (cost > JIT_ABOVE_COST) slow.push(`${name}: PostgreSQL would compile it, at a cost of ${cost}`);
          const reads = all.filter(({ table }) => LARGE.includes(table));
          // It counts everything: samples and events in their indexes, and people, the smallest table, in any way.
          if (name === 'overview')
            reads.splice(
              0,
              reads.length,
              ...reads.filter(({ node, table }) => node !== 'Index Only Scan' && table !== 'people'),
            );
          for (const { node, table, rows } of reads) {
            // A part of a plan that was not needed is in it too, and read nothing.
            if ((node === 'Seq Scan' && rows > 0) || rows > MAX_ROWS) slow.push(`${name}: ${node} of ${rows} ${table}`);
          }
        }
      }
      expect(slow).toEqual([]);
    });
  },
  undefined,
  { onQuery: (text, params) => logged.push({ text, params }) },
);

async function queriesOf(run: () => Promise<unknown>): Promise<LoggedQuery[]> {
  logged.length = 0;
  await run();
  return logged.splice(0);
}
