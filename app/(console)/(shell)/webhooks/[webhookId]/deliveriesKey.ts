/** Under which the log of a webhook is kept in the page's cache. */
export const deliveriesKey = (webhookId: number) => ['deliveries', webhookId] as const;
