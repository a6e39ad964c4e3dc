import { run } from './lib/run';
import { program } from './program';

process.exitCode = await run(program(), process.argv);
