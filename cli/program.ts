import { Command } from 'commander';
import { VERSION } from '@/lib/server/version';
import { backupCommand, restoreCommand } from './commands/backup';
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

/** The whole command line: every command is a file of its own in `commands/`. */
export function program(): Command {
  return new Command('kith')
    .description('Face recognition on pictures, folders, videos and cameras, with a Kith server or without.')
    .version(VERSION)
    .showHelpAfterError('(kith help COMMAND says how it is used)')
    .addHelpText('after', `\n${EXIT_CODES_HELP}`)
    .addCommand(recognizeCommand())
    .addCommand(cameraCommand())
    .addCommand(syncCommand())
    .addCommand(detectCommand())
    .addCommand(verifyCommand())
    .addCommand(doctorCommand())
    .addCommand(enrollCommand())
    .addCommand(peopleCommand())
    .addCommand(facesCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(keysCommand());
}
