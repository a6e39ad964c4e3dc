import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CliError } from '../CliError';

const BOUNDARY = 'frame';
const PAGE = `<!doctype html><title>kith camera</title><link rel="icon" href="data:,">
<body style="margin:0;background:#111;display:grid;place-items:center;min-height:100vh"><img src="/stream" alt="The camera's picture, with a box and a name on every face" style="max-width:100%">`;

/** Serves a page on the loopback address that shows the last picture, as Motion JPEG. Rejects other host names. */
export class PreviewServer {
  readonly #server: Server;
  readonly #viewers = new Set<ServerResponse>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @throws CliError if the port is in use */
  static async open(port: number): Promise<PreviewServer> {
    const server = createServer();
    const preview = new PreviewServer(server);
    server.on('request', ({ url, headers }, response) => {
      // Blocks DNS rebinding: another site whose name points here must not see the camera.
      const host = headers.host?.replace(/:\d+$/, '');
      if (host !== '127.0.0.1' && host !== 'localhost') response.writeHead(403).end();
      else if (url === '/') response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE);
      else if (url === '/stream') preview.#stream(response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) => {
        reject(
          new CliError(`Port ${port} cannot be used for the preview. Choose another with --preview PORT.`, { cause }),
        );
      });
      server.listen(port, '127.0.0.1', resolve);
    });
    return preview;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Whether there are viewers; without any, no picture needs to be drawn. */
  get isWatched(): boolean {
    return this.#viewers.size > 0;
  }

  /** Sends a picture to all viewers. A viewer that is still receiving the last one skips this one. */
  show(jpeg: Buffer): void {
    for (const viewer of this.#viewers) {
      if (viewer.writableNeedDrain) continue;
      viewer.write(`--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
      viewer.write(jpeg);
      viewer.write('\r\n');
    }
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': `multipart/x-mixed-replace; boundary=${BOUNDARY}`,
      'Cache-Control': 'no-store',
    });
    // Sends the headers now; otherwise Node would wait for the first picture.
    response.flushHeaders();
    this.#viewers.add(response);
    response.on('close', () => this.#viewers.delete(response));
  }
}
