/** Query key of a webhook's log. */
export const deliveriesKey = (webhookId: number) => ['deliveries', webhookId] as const;

/** Mutation key of a webhook's deletion. */
export const deletionKey = (webhookId: number) => ['deleteWebhook', webhookId] as const;
