export type { Answer as CallAnswer, CallId, Input as CallInput, Item as CallItem, PagedId } from './client/anyCall.ts';
export { type FailureBody, KithApiError, KithConnectionError } from './client/errors.ts';
export { KithClient, type KithClientOptions } from './client/KithClient.ts';
export { readRetryAfter } from './client/retryAfter.ts';
export {
  type Answer,
  type Call,
  type CallOptions,
  Transport,
  type TransportOptions,
  type WriteOptions,
} from './client/Transport.ts';
export type * from './client/types.ts';
export { CROWDING_COEFFICIENTS } from './crowding.coefficients.ts';
export { crowding, LEAST_CROWDING, MOST_CROWDING, normalisedDistance } from './crowding.ts';
export { distance } from './distance.ts';
export {
  checkEncoding,
  ENCODING_BYTES,
  ENCODING_LENGTH,
  EncodingError,
  encodingFromBase64,
  encodingFromBytes,
  encodingToBase64,
  encodingToBytes,
} from './encoding.ts';
export { decodeFeedPage, encodeFeedPage, FEED_MEDIA_TYPE, FeedFormatError } from './feed/binary.ts';
export { FeedReader, type FeedReaderOptions, type SyncOptions, type SyncResult } from './feed/FeedReader.ts';
export { FEED_SUM_FACTOR, FEED_SUM_PRIMES, FeedSum, type FeedSummary } from './feed/FeedSum.ts';
export { feedPageFromJson } from './feed/json.ts';
export { MemoryFeedStore } from './feed/MemoryFeedStore.ts';
export type {
  FeedFace,
  FeedFaceJson,
  FeedPage,
  FeedPageJson,
  FeedPosition,
  FeedSink,
  FeedSource,
  FeedState,
  FeedStore,
  FeedTombstone,
  FeedWrite,
} from './feed/types.ts';
export { LocalGallery, type LocalGalleryOptions, type LocalMatch } from './LocalGallery.ts';
export { ExactMatcher, type SearchOptions } from './matcher/ExactMatcher.ts';
export type { Match } from './matcher/types.ts';
export { distanceOfTrust, MATCHING_VERSION, TRUST_CALIBRATION, type TrustCalibration, trust } from './trust.ts';
export { verifyWebhook, type WebhookBody, WebhookError } from './verifyWebhook.ts';
