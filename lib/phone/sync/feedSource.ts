import type { FeedSource } from '@kith/sdk';
import { ask } from './server';

/** Reads pages of the feed from our own server. Throws what `ask` throws, and FeedFormatError for a truncated page. */
export const feedSource =
  (token: string): FeedSource =>
  (options) =>
    ask(token, (kith) => kith.feed.read(options));
