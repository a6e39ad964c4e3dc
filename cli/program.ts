import { Command } from 'commander';
import { VERSION } from '@/lib/server/platform/version';
import { backupCommand, restoreCommand } from './commands/backup';
import { calibrateCommand } from './commands/calibrate';
import { cameraCommand } from './commands/camera';
import { detectCommand } from './commands/detect';
import { doctorCommand } from './commands/doctor';
import { enrollCommand } from './commands/enroll';
import { exportCommand } from './commands/export';
import { facesCommand } from './commands/faces';
import { importCommand } from './commands/import';
import { keysCommand } from './commands/keys';
import { peopleCommand } from './commands/people';
import { recognizeCommand } from './commands/recognize';
import { syncCommand } from './commands/sync';
import { verifyCommand } from './commands/verify';
import { EXIT_CODES_HELP } from './lib/exitCodes';

/** Returns the whole command line. Every command has its own file in `commands/`. */
export function program(): Command {
  const kith = new Command('kith')
    .description('Face recognition on pictures, folders, videos and cameras, with a Kith server or without.')
    .version(VERSION)
    .addHelpText('after', `\n${EXIT_CODES_HELP}`)
    .addCommand(recognizeCommand())
    .addCommand(cameraCommand())
    .addCommand(syncCommand())
    .addCommand(detectCommand())
    .addCommand(verifyCommand())
    .addCommand(doctorCommand())
    .addCommand(calibrateCommand())
    .addCommand(enrollCommand())
    .addCommand(peopleCommand())
    .addCommand(facesCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(keysCommand());
  pointToHelp(kith);
  return kith;
}

/** Makes each command say after a usage error where its help is. */
function pointToHelp(command: Command, path = command.name()): void {
  command.showHelpAfterError(`(${path} --help says how it is used)`);
  for (const child of command.commands) pointToHelp(child, `${path} ${child.name()}`);
}
