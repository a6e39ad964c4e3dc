/** A stream cannot be opened, or broke. It may work at the next attempt. The message has no credentials. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}
