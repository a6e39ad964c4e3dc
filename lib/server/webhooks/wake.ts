import { processWide } from '@/lib/server/platform/processWide';

/** How the running worker is told that something may be due; nobody listens where none runs. */
const listener = () => processWide<{ wake: (() => void) | null }>('webhooksWake', () => ({ wake: null }));

/** Sets who is told, or nobody. */
export function onWebhooksDue(wake: (() => void) | null): void {
  listener().wake = wake;
}

/** Says that a delivery was written or made due. A hint: the worker looks by itself too. */
export function wakeWebhooks(): void {
  listener().wake?.();
}
