/** A line of a file, without its end. */
export interface FileLine {
  text: string;
  /** From 1. */
  number: number;
}
