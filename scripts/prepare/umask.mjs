/** The umask with which this command was started; null if it has not been changed. */
let given = /** @type {number | null} */ (null);

/** Makes all files that this process and its children create from now on readable by this user only. */
export function keepFilesPrivate() {
  given ??= process.umask(0o077);
}

/**
 * Runs `work` with the umask with which the command was started, because other users may read its files. Packages,
 * models and the build contain nothing private. One user may build what another user serves.
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
