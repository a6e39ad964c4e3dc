/** Under which the log of a webhook is kept in the page's cache. */
export const deliveriesKey = (webhookId: number) => ['deliveries', webhookId] as const;

/** Under which the page knows that a webhook is being deleted, or has been. */
export const deletionKey = (webhookId: number) => ['deleteWebhook', webhookId] as const;
