import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Permissions of the group and of others. */
const OTHERS = 0o077;

/** The operations of the file system that set the mode of a file. */
interface ModeOperations {
  setattr(node: unknown, attributes: { mode?: number }): unknown;
  mknod?(parent: unknown, name: string, mode: number, device: number): unknown;
}

/** The part of Emscripten's module that is used. Its own types do not describe mounted file systems. */
interface Mounting {
  FS: { filesystems: { NODEFS: { node_ops: ModeOperations; stream_ops: ModeOperations } } };
}

/**
 * PGlite's folder on disk, readable and writable by its owner only. PGlite itself sets modes such as 0666 explicitly,
 * regardless of the umask.
 */
export class PrivateNodeFS extends NodeFS {
  readonly #onLog: (line: string) => void;

  /** @param onLog called with each line of PostgreSQL's own log, which PGlite drops */
  constructor(directory: string, onLog: (line: string) => void) {
    super(directory);
    this.#onLog = onLog;
  }

  override async init(pg: PGlite, options: Parameters<NodeFS['init']>[1]): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [...[emscriptenOpts.preRun ?? []].flat(), (mounting: unknown) => keepPrivate(mounting as Mounting)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun, printErr: this.#onLog } };
  }
}

function keepPrivate({ FS }: Mounting): void {
  const { node_ops, stream_ops } = FS.filesystems.NODEFS;
  for (const operations of [node_ops, stream_ops]) {
    const { setattr, mknod } = operations;
    operations.setattr = (node, attributes) =>
      setattr(node, attributes.mode == null ? attributes : { ...attributes, mode: attributes.mode & ~OTHERS });
    if (mknod) operations.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ~OTHERS, device);
  }
}
