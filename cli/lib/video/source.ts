import { fstatSync } from 'node:fs';
import { CliError } from '../CliError';
import { isAddress } from '../isAddress';
import { isFilmAddress } from './isFilmAddress';
import type { FfmpegInput } from './readFrames';

/** Video source of `kith camera`. */
export interface VideoSource extends FfmpegInput {
  /**
   * `film`: every frame is processed, in the film's own time. The others use the wall clock; frames that are not read
   * in time are dropped.
   */
  kind: 'film' | 'stream' | 'camera' | 'pipe';
}

/** ffmpeg's format for cameras, by platform (ffmpeg-devices). */
const CAMERA_FORMATS: Partial<Record<NodeJS.Platform, { format: string; first: string }>> = {
  linux: { format: 'v4l2', first: '/dev/video0' },
  darwin: { format: 'avfoundation', first: '0' },
  win32: { format: 'dshow', first: 'video=0' },
};

/**
 * Returns the requested source: a file, a stream, or a camera.
 * @param argument a file, an address, or `-` for standard input
 * @throws CliError if more than one is given, or if cameras are not supported on this platform
 */
export function videoSource(
  argument: string | undefined,
  { device, url }: { device?: string; url?: string },
): VideoSource {
  if (argument !== undefined && (device !== undefined || url !== undefined)) {
    throw new CliError('Give only one: a file, --device or --url.');
  }
  if (url !== undefined && !isAddress(url))
    throw new CliError('--url must be an address, such as rtsp://door.local/live.');
  if (url !== undefined) return { kind: 'stream', ...addressInput(url) };
  if (argument === '-') return { kind: isFile(0) ? 'film' : 'pipe', input: 'pipe:0', stdin: process.stdin };
  if (argument !== undefined) {
    const isStream = isAddress(argument) && !isFilmAddress(argument);
    return { kind: isStream ? 'stream' : 'film', ...addressInput(argument) };
  }
  const camera = CAMERA_FORMATS[process.platform];
  if (!camera) throw new CliError('Cameras are not supported on this platform. Give a stream with --url.');
  return { kind: 'camera', input: device ?? camera.first, inputArguments: ['-f', camera.format] };
}

/** Returns ffmpeg's input for an address or a file. */
export function addressInput(input: string): FfmpegInput {
  // TCP, because lost packets of UDP become grey blocks on the faces.
  return { input, inputArguments: /^rtsps?:/i.test(input) ? ['-rtsp_transport', 'tcp'] : [] };
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
