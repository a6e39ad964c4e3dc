/** Runs named checks, counts them, and prints each one with its time. */
export class Report {
  passed = 0;
  failed = 0;

  /**
   * @param {string} name
   * @param {() => Promise<string | void>} work throws if the check fails; returns figures to print
   * @returns {Promise<boolean>} whether it passed
   */
  async check(name, work) {
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    try {
      const figures = await work();
      this.passed++;
      console.log(`  passed: ${name} (${seconds()})${figures ? `: ${figures}` : ''}`);
      return true;
    } catch (error) {
      this.failed++;
      console.error(`  FAILED: ${name} (${seconds()}): ${error.message}`);
      return false;
    }
  }

  /** Prints the closing line. Returns the exit code. */
  close() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
