import { Command, Option } from 'commander';
import { numberBetween, wholeNumber, withCpus, withGallery, withJson } from '../lib/options';
import type { CameraOptions } from '../options/CameraOptions';

/** `kith camera`: prints who appears and who leaves at a camera, in a stream or in a video. */
export function cameraCommand(): Command {
  const command = new Command('camera')
    .description('follow the faces on a camera, a network stream or in a video: who appears and who leaves')
    .argument('[file]', 'a video file; without, the camera')
    .addOption(new Option('--device <device>', 'a camera of this computer (default: /dev/video0)').conflicts('url'))
    .option('--url <url>', 'a network stream, such as rtsp://…');
  return withCpus(withJson(withGallery(command)))
    .addOption(
      new Option('--fps <n>', 'largest number of frames per second').argParser(numberBetween(0.1, 60)).default(5),
    )
    .addOption(
      new Option('--preview [port]', 'show the picture with boxes on a page of this computer').argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .option(
      '--save <folder>',
      'store pictures with boxes: when somebody appears, and every second while there is a face',
    )
    .option('--on-recognised <program>', 'run a program when a known person appears (KITH_NAME and others say who)')
    .addHelpText(
      'after',
      `
The program of --on-recognised is run without a shell and without arguments; its environment has KITH_NAME,
KITH_FACE_ID, KITH_PERSON_ID, KITH_TRUST and KITH_AT (seconds since the start).

Examples:
  kith camera --known people
  kith camera --gallery gallery.kith --url rtsp://door.local/stream --preview
  kith camera --known people --json film.mp4`,
    )
    .action(async (file: string | undefined, options: CameraOptions) => {
      const { watchCamera } = await import('../lib/video/watchCamera');
      await watchCamera(file, options);
    });
}
