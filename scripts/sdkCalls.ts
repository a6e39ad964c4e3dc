/** `npm run sdk:calls`: writes the SDK's calls and their types from the contract. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { writeCalls } from './sdk/writeCalls';

const FILE = 'sdk/src/client/calls.ts';

writeFileSync(FILE, writeCalls());
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', FILE], {
  stdio: 'inherit',
});
