import protobuf from 'protobufjs';
import { quantiseKernel } from './quantise';
import type { Weight } from './tfjsWeights';

/** The part of onnx.proto (IR version 8) that these models use; field numbers are those of the specification. */
const onnx = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSet', id: 8 },
      },
    },
    OperatorSet: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Graph: {
      fields: {
        node: { rule: 'repeated', type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfo', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfo', id: 12 },
      },
    },
    Node: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'Attribute', id: 5 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        s: { type: 'bytes', id: 4 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    Tensor: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfo: { fields: { name: { type: 'string', id: 1 }, type: { type: 'Type', id: 2 } } },
    Type: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    Shape: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
  },
});

const FLOAT = 1;
const UINT8 = 2;
const INT8 = 3;
const INT32 = 6;
const INT64 = 7;
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;
const IR_VERSION = 8;
const OPSET = 17;

/** The name of a value in the graph. */
export type Value = string;
/** A fixed size, or the name of one that varies. */
export type Dimension = number | string;
type Attribute = number | string | number[];

/** How a convolution pads: like TensorFlow's SAME and VALID, or `[top, left, bottom, right]`. */
export type Padding = 'same' | 'valid' | [number, number, number, number];

export interface ConvOptions {
  /** `[height, width, in, out]` as in TensorFlow, or `[height, width, channels, 1]` for a depthwise convolution. */
  weights: Weight;
  bias?: Float32Array;
  stride?: number;
  padding: Padding;
  depthwise?: boolean;
}

/**
 * Builds an ONNX model node by node. Values are in ONNX's order (batch, channels, height, width); weights are given in
 * TensorFlow's order and transposed here.
 */
export class OnnxGraph {
  private readonly nodes: object[] = [];
  private readonly initializers: object[] = [];
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private count = 0;

  constructor(private readonly name: string) {}

  /**
   * Adds an input for a picture in bytes, `[batch, height, width, 3]` RGB, as decoders return it.
   * @returns floats in ONNX's order, `value * scale + offset` per channel
   */
  pixels(dims: [Dimension, Dimension, Dimension, 3], scale: number, offset: [number, number, number]): Value {
    this.inputs.push(valueInfo('pixels', UINT8, dims));
    const float = this.node('Cast', ['pixels'], { to: FLOAT });
    const planes = this.node('Transpose', [float], { perm: [0, 3, 1, 2] });
    const scaled = this.node('Mul', [planes, this.constant(new Float32Array([scale]), [1])]);
    return this.node('Add', [scaled, this.constant(new Float32Array(offset), [1, 3, 1, 1])]);
  }

  output(name: string, value: Value, dims: Dimension[]): void {
    this.nodes.push({ opType: 'Identity', input: [value], output: [name], name, attribute: [] });
    this.outputs.push(valueInfo(name, FLOAT, dims));
  }

  conv(x: Value, options: ConvOptions): Value {
    const kernel = kernelOf(options);
    const inputs = [x, this.constant(kernel.data, kernel.shape)];
    if (options.bias) inputs.push(this.constant(options.bias, [kernel.shape[0] ?? 1]));
    return this.node('Conv', inputs, convAttributes(kernel, options));
  }

  /**
   * A convolution of bytes that represent `value / step`, from 0 to `255 * step`. Values outside that range are
   * clamped, so a `Clip` to it costs nothing. The kernel is quantised per channel ({@link quantiseKernel}).
   */
  byteConv(x: Value, { step, ...options }: ConvOptions & { step: number }): Value {
    const kernel = kernelOf(options);
    const channels = kernel.shape[0] ?? 1;
    const { values, scales } = quantiseKernel(kernel);
    const bias = Int32Array.from(scales, (scale, i) => Math.round((options.bias?.[i] ?? 0) / (scale * step)));
    const byteScale = this.byteScale(step);
    return this.node(
      'QLinearConv',
      [
        x,
        ...byteScale,
        this.initializer(INT8, bytesOf(values), kernel.shape),
        this.constant(scales, [channels]),
        this.initializer(INT8, new Uint8Array(channels), [channels]),
        ...byteScale,
        this.initializer(INT32, bytesOf(bias), [channels]),
      ],
      convAttributes(kernel, options),
    );
  }

  /** Quantises floats from 0 to `255 * step` to bytes, for {@link byteConv}. */
  toBytes(x: Value, step: number): Value {
    return this.node('QuantizeLinear', [x, ...this.byteScale(step)]);
  }

  /** Converts bytes back to floats. */
  fromBytes(x: Value, step: number): Value {
    return this.node('DequantizeLinear', [x, ...this.byteScale(step)]);
  }

  /** `dims` in ONNX's order; 0 keeps the input's dimension, −1 is the remainder. */
  reshape(x: Value, dims: number[]): Value {
    return this.node('Reshape', [x, this.integers(dims)]);
  }

  /** Pads with `[before, after]` zeros (or `value`) per dimension, in ONNX's order. */
  pad(x: Value, pads: [number, number][], value = 0): Value {
    const flat = [...pads.map(([before]) => before), ...pads.map(([, after]) => after)];
    return this.node('Pad', [x, this.integers(flat), this.constant(new Float32Array([value]), [])]);
  }

  clip(x: Value, low: number, high: number): Value {
    return this.node('Clip', [
      x,
      this.constant(new Float32Array([low]), []),
      this.constant(new Float32Array([high]), []),
    ]);
  }

  constant(data: Float32Array, shape: number[]): Value {
    return this.initializer(FLOAT, bytesOf(data), shape);
  }

  integers(values: number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.initializer(INT64, bytesOf(data), [values.length]);
  }

  node(opType: string, inputs: Value[], attributes: Record<string, Attribute> = {}): Value {
    const output = this.fresh(opType);
    const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
    this.nodes.push({ opType, input: inputs, output: [output], name: output, attribute });
    return output;
  }

  /** Returns the model file's bytes. */
  encode(): Uint8Array {
    const type = onnx.lookupType('Model');
    return type
      .encode(
        type.create({
          irVersion: IR_VERSION,
          producerName: 'kith',
          opsetImport: [{ domain: '', version: OPSET }],
          graph: {
            name: this.name,
            node: this.nodes,
            initializer: this.initializers,
            input: this.inputs,
            output: this.outputs,
          },
        }),
      )
      .finish();
  }

  /** Returns the scale and zero point of bytes that represent `value / step`. */
  private byteScale(step: number): [Value, Value] {
    return [this.constant(new Float32Array([step]), []), this.initializer(UINT8, new Uint8Array(1), [])];
  }

  private initializer(dataType: number, rawData: Uint8Array, dims: number[]): Value {
    const name = this.fresh('const');
    this.initializers.push({ name, dataType, dims, rawData });
    return name;
  }

  private fresh(prefix: string): Value {
    this.count += 1;
    return `${prefix}_${this.count}`;
  }
}

function attributeProto(name: string, value: Attribute): object {
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: Buffer.from(value) };
  if (Array.isArray(value)) return { name, type: ATTRIBUTE.ints, ints: value };
  return Number.isInteger(value) ? { name, type: ATTRIBUTE.int, i: value } : { name, type: ATTRIBUTE.float, f: value };
}

function valueInfo(name: string, elemType: number, dims: Dimension[]): object {
  const dim = dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/** Returns a convolution's kernel in ONNX's order: `[out, in, height, width]`; `in` is 1 for a depthwise one. */
function kernelOf({ weights, depthwise }: ConvOptions): Weight {
  const [height = 1, width = 1, fourth = 1, fifth = 1] = weights.shape;
  return depthwise
    ? permute(weights, [2, 3, 0, 1], [fourth * fifth, 1, height, width])
    : permute(weights, [3, 2, 0, 1], [fifth, fourth, height, width]);
}

function convAttributes({ shape }: Weight, { stride = 1, padding, depthwise }: ConvOptions): Record<string, Attribute> {
  const [out = 1, , height = 1, width = 1] = shape;
  return {
    kernel_shape: [height, width],
    strides: [stride, stride],
    group: depthwise ? out : 1,
    ...(padding === 'same' ? { auto_pad: 'SAME_UPPER' } : { pads: padding === 'valid' ? [0, 0, 0, 0] : padding }),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Reorders the four axes of a weight: axis `order[i]` of the source becomes axis `i`. */
function permute({ shape, data }: Weight, order: [number, number, number, number], dims: number[]): Weight {
  const source = [1, 1, 1, 1].map((_, axis) => shape[axis] ?? 1);
  const strides = source.map((_, axis) => source.slice(axis + 1).reduce((product, n) => product * n, 1));
  const sizes = order.map((axis) => source[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const [s0 = 1, s1 = 1, s2 = 1, s3 = 1] = sizes;
  const [t0 = 1, t1 = 1, t2 = 1, t3 = 1] = steps;
  const out = new Float32Array(data.length);
  let next = 0;
  for (let a = 0; a < s0; a++)
    for (let b = 0; b < s1; b++)
      for (let c = 0; c < s2; c++)
        for (let d = 0; d < s3; d++) out[next++] = data[a * t0 + b * t1 + c * t2 + d * t3] ?? 0;
  return { shape: dims, data: out };
}
