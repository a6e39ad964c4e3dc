import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Bitmap } from '@/lib/shared/vision/types';
import { CliError } from '../CliError';
import { maskSecrets } from '../maskSecrets';
import { shownSource } from '../shownSource';
import { StreamError } from './StreamError';
import { splitPictures } from './splitPictures';

export interface Frame {
  bitmap: Bitmap;
  /** Seconds from the start. */
  at: number;
}

/** An input of ffmpeg. */
export interface FfmpegInput {
  /** A file, a device or an address, in ffmpeg's syntax; `pipe:0` reads `stdin`. */
  input: string;
  /** Arguments of ffmpeg for opening the input. */
  inputArguments?: readonly string[];
  /** The stream that `pipe:0` reads. */
  stdin?: Readable;
}

export interface ReadFramesOptions extends FfmpegInput {
  /** Seconds between two frames. */
  every: number;
  signal?: AbortSignal;
}

/** Maximum width of a frame. Larger ones are downscaled, because more pixels take too long for a live camera. */
export const MAX_WIDTH = 1280;
const SCALE = `scale='min(${MAX_WIDTH},iw)':-2`;

/**
 * Arguments for a live input: frames are output at once, broken ones are dropped, and no frame waits for later ones.
 */
const LIVE = ['-fflags', '+nobuffer+discardcorrupt', '-flags', 'low_delay', '-thread_type', 'slice'];
/** Seconds that ffmpeg may read before the first frame, to detect the streams of a live input. */
const PROBE_SECONDS = 1;

/**
 * Reads the frames of a film with ffmpeg, which rotates them upright. ffmpeg pauses while the reader does.
 * @throws CliError if ffmpeg is missing, or cannot read the input
 */
export async function* readFrames(options: ReadFramesOptions): AsyncGenerator<Frame> {
  const { input, every } = options;
  // Selects the first frame at or after every multiple of the interval, regardless of the file's frame rate.
  const select = `select='isnan(prev_selected_t)+gt(floor(t/${every}),floor(prev_selected_t/${every}))'`;
  let frames = 0;
  try {
    for await (const bitmap of runFfmpeg(options, [], `setpts=PTS-STARTPTS,${select},${SCALE}`)) {
      yield { bitmap, at: Math.round(frames * every * 1000) / 1000 };
      frames += 1;
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    throw new CliError(`${shownSource(input)} cannot be read as a video: ${error.message}`, { cause: error });
  }
  if (frames === 0 && !options.signal?.aborted) {
    throw new CliError(`${shownSource(input)} cannot be read as a video: it has no frames`);
  }
}

/**
 * Reads the pictures of a live input, at most one per `every` seconds of the wall clock. The times in the input are not
 * used, because ffmpeg assumes 25 pictures a second for a multipart stream.
 * @throws StreamError if the input breaks, or its pictures change their size
 * @throws CliError if ffmpeg is missing
 */
export async function* readLivePictures(options: ReadFramesOptions): AsyncGenerator<Bitmap> {
  const slot = `floor(time(0)/${options.every})`;
  const select = `select='gt(${slot},ld(0))*(1+0*st(0,${slot}))'`;
  const probe = ['-analyzeduration', String(PROBE_SECONDS * 1e6), '-fpsprobesize', '0'];
  yield* runFfmpeg(options, [...LIVE, ...probe], `${select},${SCALE},showinfo=checksum=0`);
}

async function* runFfmpeg(
  { input, inputArguments = [], stdin, signal }: FfmpegInput & { signal?: AbortSignal },
  more: readonly string[],
  filters: string,
): AsyncGenerator<Bitmap> {
  if (signal?.aborted) return;
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'level+info', '-nostats', '-nostdin', ...more, ...inputArguments, '-i', input],
      ...['-an', '-sn', '-vf', filters, '-fps_mode', 'passthrough'],
      ...['-f', 'image2pipe', '-c:v', 'ppm', 'pipe:1'],
    ],
    // SIGKILL, because ffmpeg ignores other signals while it waits for a response.
    { stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'], killSignal: 'SIGKILL', ...(signal && { signal }) },
  );
  const ended = endOf(ffmpeg);
  if (stdin && ffmpeg.stdin) {
    // ffmpeg closes it when it has read enough, or cannot read it.
    ffmpeg.stdin.on('error', () => {});
    stdin.pipe(ffmpeg.stdin);
  }
  const log = readLog(ffmpeg.stderr as Readable, () => ffmpeg.kill('SIGKILL'));
  try {
    yield* splitPictures(ffmpeg.stdout as Readable);
    const { code, error } = await ended;
    if (signal?.aborted) return;
    if (error) throw cannotStart(error);
    const { complaint, resized } = await log;
    if (resized) throw new StreamError('the picture has another size');
    // ffmpeg starts its message with the address, and the caller adds it too.
    const reason = complaint.replace(`${maskSecrets(input)}: `, '');
    if (code !== 0) throw new StreamError(reason || `ffmpeg ended with ${code}`);
  } finally {
    stdin?.unpipe();
    ffmpeg.kill('SIGKILL');
  }
}

function endOf(child: ReturnType<typeof spawn>): Promise<{ code: number | null; error?: NodeJS.ErrnoException }> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, error }));
    child.on('close', (code) => resolve({ code }));
  });
}

function cannotStart(error: NodeJS.ErrnoException): CliError {
  if (error.code !== 'ENOENT') return new CliError(`ffmpeg cannot be started: ${error.message}`, { cause: error });
  return new CliError('ffmpeg is not installed. Videos and cameras need it: apt install ffmpeg, brew install ffmpeg');
}

const LEVELS = ['info', 'warning', 'error', 'fatal'];

/** Returns the level and the text of a line of ffmpeg: `[h264 @ 0x55] [error] no frame!`. */
function readLine(line: string): { level: string | undefined; text: string } {
  const level = LEVELS.find((each) => line.includes(`[${each}] `));
  return { level, text: level === undefined ? '' : line.slice(line.indexOf(`[${level}] `) + level.length + 3) };
}

/** Reads ffmpeg's log: its last error, and whether the pictures changed their size. */
async function readLog(stderr: Readable, onResize: () => void): Promise<{ complaint: string; resized: boolean }> {
  let complaint = '';
  let first: string | undefined;
  let resized = false;
  // ffmpeg scales all pictures to the size of the first one, which would distort faces.
  for await (const line of createInterface({ input: stderr })) {
    const { level, text } = readLine(line);
    if (level === 'error' || level === 'fatal') complaint = text;
    const size = line.includes('showinfo') ? / s:(\d+x\d+) /.exec(text)?.[1] : undefined;
    if (size === undefined) continue;
    first ??= size;
    if (size === first || resized) continue;
    resized = true;
    onResize();
  }
  return { complaint: maskSecrets(complaint).slice(0, 500), resized };
}
