/**
 * A process that opens a database, which brings its tables up to date, and ends itself with SIGKILL before a certain
 * query of that: `migrateAndDie.ts OPTIONS QUERY`, where OPTIONS is JSON of `connect`'s and QUERY counts from 1. Prints
 * how many queries there were when none of them was the one.
 */
import { connect } from '../client';

const [options = '{}', at = ''] = process.argv.slice(2);
let queries = 0;
const { close } = await connect({
  ...JSON.parse(options),
  onQuery() {
    queries += 1;
    if (queries === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
});
await close();
process.stdout.write(`${queries}\n`);
