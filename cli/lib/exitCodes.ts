/** Exit codes of every command. They are stable: scripts may rely on them. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** Done, with a negative result: `verify` found two people, `doctor` found a problem. */
  no: 1,
  /** Wrong usage, or an input that cannot be used. */
  usage: 2,
  /** The server did not respond, or returned an error. */
  server: 3,
  /** Some of the files could not be read; the others were processed. */
  partly: 4,
  /** A stream could not be opened, stalled or broke (`camera --once`). */
  stream: 5,
  /** Internal error (EX_SOFTWARE of sysexits.h). */
  internal: 70,
  /** Ended by Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const;

export const EXIT_CODES_HELP = `Exit codes:
  0  done
  1  done, and the answer is no (verify: two people; doctor: something is wrong)
  2  wrong usage, or something given cannot be used
  3  the server did not answer, or refused
  4  some of the files could not be read; the others were
  5  a stream could not be opened, stalled or broke (camera --once)`;
