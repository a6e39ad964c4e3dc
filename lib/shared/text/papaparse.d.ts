/** Of papaparse, what is used here. Its own types bring those of Node.js along, which shared code does not have. */
declare module 'papaparse/papaparse.js' {
  interface Parsed {
    data: string[][];
    /** `row`: the place of the record in `data`. */
    errors: { type: string; message: string; row?: number }[];
  }
  const Papa: {
    parse(text: string, options: { skipEmptyLines: false; delimiter?: string }): Parsed;
  };
  export default Papa;
}
