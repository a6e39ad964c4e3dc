/** autocannon 8 ships no types; this is what is used of it. */
declare module 'autocannon' {
  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds until a request counts as failed. */
    timeout: number;
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body?: Uint8Array;
  }

  interface Instance
    extends Promise<{
      /** Connections that broke, and time-outs. */ errors: number /** Seconds. */;
      duration: number;
    }> {
    on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): void;
  }

  export default function autocannon(options: Options): Instance;
}
