import { Command } from 'commander';
import { EXIT } from '../lib/exitCodes';
import { withCpus, withJson } from '../lib/options';
import type { DetectOptions } from '../options/DetectOptions';

/** `kith detect`: finds faces in pictures, with position and quality. */
export function detectCommand(): Command {
  const command = new Command('detect')
    .description('find the faces in pictures: position and quality')
    .argument('<path...>', 'pictures, folders of them, addresses, or - for standard input');
  return withCpus(withJson(command))
    .option('--encodings', 'with --json: also the 128 numbers of each face, as base64 of float32')
    .addHelpText('after', '\nExample:\n  kith detect --json group.jpg')
    .action(async (paths: string[], options: DetectOptions) => {
      const { detectPaths } = await import('../lib/detectPaths');
      process.exitCode = (await detectPaths(paths, options)) ? EXIT.ok : EXIT.partly;
    });
}
