/** Of papaparse, what is used here. Its own types bring those of Node.js along, which shared code does not have. */
declare module 'papaparse/papaparse.js' {
  interface Parsed<Row> {
    data: Row[];
    errors: { type: string; message: string; row?: number }[];
    meta: { fields?: string[] };
  }
  const Papa: {
    parse<Row>(
      text: string,
      options: { header: true; skipEmptyLines: 'greedy'; transformHeader: (header: string) => string },
    ): Parsed<Row>;
  };
  export default Papa;
}
