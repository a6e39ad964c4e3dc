/** The part of papaparse that is used here. Its own types import those of Node.js, which shared code does not have. */
declare module 'papaparse/papaparse.js' {
  interface Parsed {
    data: string[][];
    /** `row`: index of the record in `data`. */
    errors: { type: string; message: string; row?: number }[];
  }
  const Papa: {
    parse(text: string, options: { skipEmptyLines: false; delimiter?: string }): Parsed;
  };
  export default Papa;
}
