/** An array that numpy saved: numbers or texts. */
export interface NpyArray {
  shape: number[];
  values: number[] | string[];
}

/** The file is not a `.npy` file, or cannot be read. The message says why. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
}

/**
 * Reads a `.npy` file (NumPy Enhancement Proposal 1) of float32, float64 or text. Arrays of Python objects are refused,
 * because they are pickles, which can run code when they are read.
 */
export function readNpy(bytes: Buffer): NpyArray {
  if (bytes.subarray(0, 6).toString('latin1') !== '\x93NUMPY') throw new NpyError('is not a .npy file');
  const wide = (bytes[6] ?? 0) >= 2;
  const start = wide ? 12 : 10;
  if (bytes.length < start) throw new NpyError('was cut off');
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.subarray(start, end).toString('latin1');
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const dimensions = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || dimensions === undefined)
    throw new NpyError('has no header that can be read');
  if (/O/.test(descr)) throw new NpyError('holds Python objects, which are not read: save it with dtype=float64');
  const shape = dimensions
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (order === 'True' && shape.length > 1)
    throw new NpyError('is in Fortran order: save it with numpy.ascontiguousarray');
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, values: readValues(bytes.subarray(end), descr, count) };
}

function readValues(data: Buffer, descr: string, count: number): number[] | string[] {
  const [, endian, kind, size] = /^([<>|=])([fU])(\d+)$/.exec(descr) ?? [];
  const width = Number(size) * (kind === 'U' ? 4 : 1);
  const readable = kind === 'U' || (kind === 'f' && (width === 4 || width === 8));
  if (!readable) throw new NpyError(`holds ${descr}, not float32, float64 or text`);
  if (data.length < count * width) throw new NpyError('was cut off');
  const view = new DataView(data.buffer, data.byteOffset, count * width);
  const little = endian !== '>';
  if (kind === 'f') {
    return Array.from({ length: count }, (_, i) =>
      width === 4 ? view.getFloat32(i * 4, little) : view.getFloat64(i * 8, little),
    );
  }
  // UCS-4, padded with NUL.
  return Array.from({ length: count }, (_, i) => {
    const points = Array.from({ length: width / 4 }, (_, at) => view.getUint32(i * width + at * 4, little));
    return String.fromCodePoint(...points.filter((point) => point !== 0 && point <= 0x10ffff));
  });
}
