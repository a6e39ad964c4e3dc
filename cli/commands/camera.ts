import { Command, Option } from 'commander';
import { numberBetween, wholeNumber, withCpus, withGallery, withJson } from '../lib/options';
import type { CameraOptions } from '../options/CameraOptions';

/**
 * `kith camera`: prints who appears and who leaves at a camera, in a stream or in a video, and reports it to a server.
 */
export function cameraCommand(): Command {
  const command = new Command('camera')
    .description('follow the faces on a camera, a network stream or in a video: who appears and who leaves')
    .argument('[source]', 'a video file, an address such as rtsp://…, or - for standard input; without, the camera')
    .addOption(new Option('--device <device>', 'a camera of this computer').conflicts('url'))
    .option('--url <url>', 'a network stream, such as rtsp://…; also http(s): a stream, or one picture at a time');
  return withCpus(withJson(withGallery(command)))
    .addOption(
      new Option('--fps <n>', 'largest number of frames per second').argParser(numberBetween(0.1, 60)).default(5),
    )
    .addOption(
      new Option('--stall <seconds>', 'seconds without a picture after which a stream is opened again')
        .argParser(numberBetween(1, 3600))
        .default(10),
    )
    .option('--once', 'exit with status 5 when a stream breaks, instead of opening it again')
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
    .addOption(
      new Option('--server <url>', "report recognitions to a server, and follow that server's people").conflicts(
        'known',
      ),
    )
    .addOption(new Option('--key <key>', 'with --server: an API key, or the token of a device').env('KITH_KEY'))
    .option('--name <name>', 'with --server and an API key: name of this camera (default: name of the computer)')
    .addOption(
      new Option('--state <folder>', 'with --server: where the gallery and unsent recognitions are kept').env(
        'KITH_STATE',
      ),
    )
    .addHelpText(
      'after',
      `
The program of --on-recognised is run without a shell and without arguments; its environment has KITH_NAME,
KITH_FACE_ID, KITH_PERSON_ID, KITH_TRUST and KITH_AT (seconds since the start).

The key of --server needs the scopes "sync" and "events:write".

Examples:
  kith camera --known people
  kith camera --gallery gallery.kith --url rtsp://door.local/stream --preview
  kith camera --known people --json film.mp4
  KITH_KEY=KEY kith camera --server https://faces.example --name Gate rtsp://door.local/stream`,
    )
    .action(async (source: string | undefined, options: CameraOptions, self: Command) => {
      const { watchCamera } = await import('../lib/video/watchCamera');
      await watchCamera(source, { ...options, minTrustGiven: self.getOptionValueSource('minTrust') !== 'default' });
    });
}
