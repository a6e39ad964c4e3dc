import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** A camera of this computer. */
export interface FoundCamera {
  /** Value for `--device`. */
  device: string;
  /** Name given by the manufacturer. */
  name: string;
}

/** Time limit for ffmpeg's list, ms. */
const TIMEOUT_MS = 10_000;

/** Arguments with which ffmpeg lists cameras (ffmpeg-devices). */
const LISTINGS: Partial<Record<NodeJS.Platform, { args: string[]; read: (text: string) => FoundCamera[] }>> = {
  linux: { args: ['-sources', 'v4l2'], read: camerasOfV4l2 },
  darwin: { args: ['-f', 'avfoundation', '-list_devices', 'true', '-i', ''], read: camerasOfAvfoundation },
  win32: { args: ['-f', 'dshow', '-list_devices', 'true', '-i', 'dummy'], read: camerasOfDshow },
};

/** Returns the cameras of this computer from ffmpeg's list of devices; empty if there is no list. */
export async function listCameras(): Promise<FoundCamera[]> {
  const listing = LISTINGS[process.platform];
  if (!listing) return [];
  const found = listing.read(await outputOf(['-hide_banner', ...listing.args]));
  const cameras = await Promise.all(found.map(async (camera) => ((await givesPictures(camera)) ? [camera] : [])));
  return cameras.flat();
}

/** Returns ffmpeg's output. It exits with an error after a list of devices. */
function outputOf(args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile('ffmpeg', args, { timeout: TIMEOUT_MS }, (_error, stdout, stderr) => resolve(`${stdout}\n${stderr}`));
  });
}

/** Parses `  /dev/video0 [HD Webcam] (video)`, with `*` before the default. */
export function camerasOfV4l2(text: string): FoundCamera[] {
  return text.split('\n').flatMap((line) => {
    const [, device = '', rest = ''] = /^[* ] (\/dev\/\S+) \[(.*)$/.exec(line) ?? [];
    const end = rest.indexOf(']');
    if (end < 0) return [];
    return isVideo(rest.slice(end + 1)) ? [{ device, name: rest.slice(0, end) }] : [];
  });
}

/** Parses `[AVFoundation indev @ 0x…] [0] FaceTime HD Camera`, between the headings of video and audio devices. */
export function camerasOfAvfoundation(text: string): FoundCamera[] {
  const [, video = ''] = text.split(/AVFoundation video devices:/i);
  const [cameras = ''] = video.split(/AVFoundation audio devices:/i);
  return [...cameras.matchAll(/\] \[(\d+)\] (.+)$/gm)].flatMap(([, device = '', name = '']) =>
    name.startsWith('Capture screen') ? [] : [{ device, name: name.trim() }],
  );
}

/** Parses `[dshow @ 000…] "HD Webcam" (video)`. Before ffmpeg 5, the kind is missing, and there are headings. */
export function camerasOfDshow(text: string): FoundCamera[] {
  const [before = ''] = text.split(/DirectShow audio devices/i);
  return before.split('\n').flatMap((line) => {
    const [prefix = '', name = '', media] = line.split('"');
    if (media === undefined || name === '' || !prefix.trimEnd().endsWith(']')) return [];
    return isVideo(media) ? [{ device: `video=${name}`, name }] : [];
  });
}

/** Returns whether a device has video, by the text after its name: ` (video)`, ` (audio, video)`, or nothing. */
function isVideo(media: string): boolean {
  const kinds = media.trim();
  return kinds === '' || (kinds.startsWith('(') && kinds.endsWith(')') && kinds.includes('video'));
}

/** Returns whether a camera gives pictures. Linux lists each USB camera twice; the second node only has metadata. */
async function givesPictures({ device }: FoundCamera): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const index = await readFile(`/sys/class/video4linux/${basename(device)}/index`, 'utf8').catch(() => '0');
  return index.trim() === '0';
}
