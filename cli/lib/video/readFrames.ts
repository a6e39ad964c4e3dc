import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Bitmap } from '@/lib/shared/vision/types';
import { CliError } from '../CliError';
import { splitPictures } from './splitPictures';

export interface Frame {
  bitmap: Bitmap;
  /** Seconds from the start. */
  at: number;
}

export interface ReadFramesOptions {
  /** A file or URL, as ffmpeg takes it. */
  input: string;
  /** Arguments of ffmpeg for opening the input. */
  inputArguments?: readonly string[];
  /** Seconds between two frames. */
  every: number;
  signal?: AbortSignal;
}

/** Maximum width of a frame; larger ones are downscaled, because more pixels take more time than a camera leaves. */
const MAX_WIDTH = 1280;

/**
 * Reads the frames of a video, camera or stream with ffmpeg, which rotates them upright. ffmpeg pauses while the reader
 * does.
 * @throws CliError when ffmpeg is missing, or cannot read the input
 */
export async function* readFrames(options: ReadFramesOptions): AsyncGenerator<Frame> {
  const { input, inputArguments = [], every, signal } = options;
  // The first frame at or after every multiple of the interval; a file's own frame rate does not matter.
  const select = `select='isnan(prev_selected_t)+gt(floor(t/${every}),floor(prev_selected_t/${every}))'`;
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', ...inputArguments, '-i', input, '-an', '-sn'],
      ...['-vf', `setpts=PTS-STARTPTS,${select},scale='min(${MAX_WIDTH},iw)':-2`, '-fps_mode', 'passthrough'],
      ...['-f', 'image2pipe', '-c:v', 'ppm', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) },
  );
  const ended = endOf(ffmpeg);
  const complaint = lastLine(ffmpeg.stderr);
  let frames = 0;
  try {
    for await (const bitmap of splitPictures(ffmpeg.stdout)) {
      yield { bitmap, at: Math.round(frames * every * 1000) / 1000 };
      frames += 1;
    }
    const { code, error } = await ended;
    if (signal?.aborted) return;
    if (error) throw cannotStart(error);
    if (code !== 0 || frames === 0) {
      throw new CliError(`${input} cannot be read as a video: ${(await complaint) || 'it has no frames'}`);
    }
  } finally {
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

async function lastLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text = (text + chunk).slice(-4_000);
  return text.trim().split('\n').at(-1) ?? '';
}
