/**
 * `npm run check`: the checks that every commit must pass. They are types, imports, lint, and the unit tests that need
 * no model, database or browser. They take less than a minute on two cores. The pre-commit hook runs them.
 */
import { ensureInstalled } from './prepare/install.mjs';
import { main } from './prepare/main.mjs';
import { ROOT, run, runModule } from './prepare/step.mjs';
import { CHECKS } from './testing/checks.mjs';
import { installHook } from './testing/installHook.mjs';

await main(async () => {
  await ensureInstalled();
  await installHook(ROOT);
  const started = performance.now();
  let failed = 0;
  for (const { title, args } of CHECKS) {
    const code = await run(process.execPath, args);
    if (code !== 0) failed += 1;
    console.log(`• ${title}: ${code === 0 ? 'passed' : 'failed'}`);
  }
  console.log('• Unit tests without models, databases and browsers (vitest) …');
  const code = await runModule('vitest/vitest.mjs', [
    'run',
    '--project=quick',
    '--reporter=dot',
    '--silent=passed-only',
  ]);
  if (code !== 0) failed += 1;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(failed === 0 ? `\nEverything passed in ${seconds} s.` : `\n${failed} of ${CHECKS.length + 1} failed.`);
  return failed === 0 ? 0 : 1;
});
