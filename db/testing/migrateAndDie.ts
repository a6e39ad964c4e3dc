/**
 * A process that opens a database, which migrates its tables, and kills itself with SIGKILL before a given query of the
 * migration: `migrateAndDie.ts OPTIONS QUERY`. OPTIONS is the JSON of `connect`'s options; QUERY counts from 1. If no
 * query had this number, it prints how many there were.
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
