/** The umask that this command was started with; null where nothing has changed it. */
let given = /** @type {number | null} */ (null);

/** Makes every file that this process and its children create from now on private to this user. */
export function keepFilesPrivate() {
  given ??= process.umask(0o077);
}

/**
 * Runs work whose files may be read by others, with the umask that the command was started with: packages, models and
 * the build hold nothing private, and one user may build what another one serves.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function forEverybody(work) {
  if (given === null) return work();
  process.umask(given);
  try {
    return await work();
  } finally {
    process.umask(0o077);
  }
}
