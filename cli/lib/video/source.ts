import { CliError } from '../CliError';

/** What ffmpeg opens, and how. */
export interface VideoSource {
  input: string;
  inputArguments: readonly string[];
  /** It goes on whether it is read or not: what is not looked at in time is passed over. */
  live: boolean;
}

/** How ffmpeg reads cameras, by platform (ffmpeg-devices). */
const CAMERAS: Partial<Record<NodeJS.Platform, { format: string; first: string }>> = {
  linux: { format: 'v4l2', first: '/dev/video0' },
  darwin: { format: 'avfoundation', first: '0' },
  win32: { format: 'dshow', first: 'video=0' },
};

/**
 * The source that was asked for: a file, a stream, or a camera.
 * @throws CliError when it is more than one, or this platform's cameras are not known
 */
export function videoSource(file: string | undefined, { device, url }: { device?: string; url?: string }): VideoSource {
  if (file !== undefined && (device !== undefined || url !== undefined)) {
    throw new CliError('Give one of a file, --device and --url');
  }
  if (file !== undefined) return { input: file, inputArguments: [], live: false };
  if (url !== undefined) {
    // Over UDP, lost packets are grey blocks where the faces are.
    const inputArguments = url.startsWith('rtsp') ? ['-rtsp_transport', 'tcp'] : [];
    return { input: url, inputArguments, live: true };
  }
  const camera = CAMERAS[process.platform];
  if (!camera) throw new CliError('The cameras of this platform are not known: give a stream by --url');
  return { input: device ?? camera.first, inputArguments: ['-f', camera.format], live: true };
}
