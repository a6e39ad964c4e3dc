export interface StorageUse {
  /** Bytes this origin keeps, and may keep. */
  used: number;
  quota: number;
  /** Whether the browser promised not to clear it when space runs short. */
  persisted: boolean;
}

/** Asks the browser to keep what is here. Firefox asks the person, so this is for once a visit. */
export async function secureStorage(): Promise<void> {
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
}

/** How much is here, and how much room there is; null where the browser does not say. */
export async function storageUse(): Promise<StorageUse | null> {
  if (!navigator.storage?.estimate) return null;
  const persisted = (await navigator.storage.persisted?.()) ?? false;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, quota, persisted };
}
