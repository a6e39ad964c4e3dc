import { beforeAll, expect, test } from 'vitest';
import { explain, type LoggedQuery } from '@/db/testing/explain';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { fillDatabase } from '@/lib/server/demo/fillDatabase';
import { tendTables } from '@/lib/server/start/tendTables';
import { type ConsoleQuery, consoleQueries } from './consoleQueries';
import { fillLogs } from './fillLogs';

const PEOPLE = 20_000;
/** Tables that grow with what Kith knows: 40,000 samples here, and 20,000 rows of each of the others. */
const LARGE = ['people', 'samples', 'events', 'audit', 'import_rows', 'webhook_deliveries'];
/**
 * Rows of them that one query may look at: twice what a search looks through first, and a page. A walk over a whole
 * table, by an index or not, is more.
 */
const MOST_ROWS = 4_500;

/** PostgreSQL's jit_above_cost: compiling takes a tenth of a second, a hundred times what these queries take. */
const COMPILED_ABOVE = 100_000;

const logged: LoggedQuery[] = [];

describeOnEachDatabase(
  'at a size',
  (database) => {
    let queries: ConsoleQuery[];
    beforeAll(async () => {
      await fillDatabase(database(), { people: PEOPLE, samplesEach: 2 });
      await fillLogs(database(), { lines: PEOPLE });
      await tendTables(database());
      queries = await consoleQueries(database());
    });

    test('no list of the console, in any order and with any filter, reads a table from one end to the other', async () => {
      const slow: string[] = [];
      for (const { name, run } of queries) {
        for (const query of await queriesOf(run)) {
          const { cost, reads: all } = await explain(database(), query);
          if (cost > COMPILED_ABOVE) slow.push(`${name}: PostgreSQL would compile it, at a cost of ${cost}`);
          const reads = all.filter(({ table }) => LARGE.includes(table));
          // It counts everything: samples and events in their indexes, people, of whom there are fewest, as they come.
          if (name === 'overview')
            reads.splice(
              0,
              reads.length,
              ...reads.filter(({ node, table }) => node !== 'Index Only Scan' && table !== 'people'),
            );
          for (const { node, table, rows } of reads) {
            if (node === 'Seq Scan' || rows > MOST_ROWS) slow.push(`${name}: ${node} of ${rows} ${table}`);
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
