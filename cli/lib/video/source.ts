import { CliError } from '../CliError';

/** An input of ffmpeg. */
export interface VideoSource {
  input: string;
  inputArguments: readonly string[];
  /** Whether the source is live: frames that are not read in time are dropped. */
  live: boolean;
}

/** How ffmpeg reads cameras, by platform (ffmpeg-devices). */
const CAMERAS: Partial<Record<NodeJS.Platform, { format: string; first: string }>> = {
  linux: { format: 'v4l2', first: '/dev/video0' },
  darwin: { format: 'avfoundation', first: '0' },
  win32: { format: 'dshow', first: 'video=0' },
};

/**
 * Returns the requested source: a file, a stream, or a camera.
 * @throws CliError when more than one is given, or cameras are not supported on this platform
 */
export function videoSource(file: string | undefined, { device, url }: { device?: string; url?: string }): VideoSource {
  if (file !== undefined && (device !== undefined || url !== undefined)) {
    throw new CliError('Give only one: a file, --device or --url.');
  }
  if (file !== undefined) return { input: file, inputArguments: [], live: false };
  if (url !== undefined) {
    // TCP, because over UDP lost packets become grey blocks on the faces.
    const inputArguments = url.startsWith('rtsp') ? ['-rtsp_transport', 'tcp'] : [];
    return { input: url, inputArguments, live: true };
  }
  const camera = CAMERAS[process.platform];
  if (!camera) throw new CliError('Cameras are not supported on this platform. Give a stream with --url.');
  return { input: device ?? camera.first, inputArguments: ['-f', camera.format], live: true };
}
