export interface StorageUse {
  /** Bytes that this origin uses, and may use. */
  used: number;
  quota: number;
  /** Whether the browser agreed not to evict the data when space runs short. */
  persisted: boolean;
}

/** Requests persistent storage. Call once per visit, because Firefox asks the user. */
export async function requestPersistence(): Promise<void> {
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
}

/** Returns the storage use and quota; null where the browser does not report them. */
export async function storageUse(): Promise<StorageUse | null> {
  if (!navigator.storage?.estimate) return null;
  const persisted = (await navigator.storage.persisted?.()) ?? false;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, quota, persisted };
}
