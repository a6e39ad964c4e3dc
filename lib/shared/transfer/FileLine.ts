/** A line of a file, without its line end. */
export interface FileLine {
  text: string;
  /** Line number, from 1. */
  number: number;
}
