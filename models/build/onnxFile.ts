import { readFile } from 'node:fs/promises';
import protobuf from 'protobufjs';

/** The part of onnx.proto that is read; field numbers are those of the specification. */
const onnx = protobuf.Root.fromJSON({
  nested: {
    Model: { fields: { graph: { type: 'Graph', id: 7 } } },
    Graph: {
      fields: {
        node: { rule: 'repeated', type: 'Node', id: 1 },
        initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
      },
    },
    Node: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'Attribute', id: 5 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        i: { type: 'int64', id: 3 },
        t: { type: 'Tensor', id: 5 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
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
  },
});

const FLOAT = 1;

/** Floats in ONNX's order. */
export interface OnnxTensor {
  shape: number[];
  data: Float32Array;
}

/** One operator of a graph. */
export interface OnnxNode {
  op: string;
  inputs: string[];
  output: string;
  /** Attributes that are integers or lists of them. */
  integers: Record<string, number[]>;
  /** The value of a `Constant` of floats. */
  constant: OnnxTensor | null;
}

/** An ONNX file: its nodes in their order, and its weights by name. */
export interface OnnxFile {
  nodes: OnnxNode[];
  weights: Map<string, OnnxTensor>;
}

interface TensorMessage {
  dims: (number | { toNumber(): number })[];
  dataType: number;
  name: string;
  rawData: Uint8Array;
}

interface NodeMessage {
  input: string[];
  output: string[];
  opType: string;
  attribute: { name: string; i?: unknown; t?: TensorMessage; ints: unknown[] }[];
}

/** Reads the operators and float weights of an ONNX file. */
export async function readOnnxFile(file: string): Promise<OnnxFile> {
  const message = onnx.lookupType('Model').decode(await readFile(file)) as unknown as {
    graph: { node: NodeMessage[]; initializer: TensorMessage[] };
  };
  const { node, initializer } = message.graph;
  const weights = new Map<string, OnnxTensor>();
  for (const tensor of initializer) {
    const floats = floatsOf(tensor);
    if (floats) weights.set(tensor.name, floats);
  }
  return { nodes: node.map(nodeOf), weights };
}

function nodeOf({ input, output, opType, attribute }: NodeMessage): OnnxNode {
  const integers = attribute.map(({ name, i, ints }) => [name, (ints.length > 0 ? ints : [i ?? 0]).map(Number)]);
  const value = attribute.find(({ name }) => name === 'value')?.t;
  return {
    op: opType,
    inputs: input,
    output: output[0] ?? '',
    integers: Object.fromEntries(integers),
    constant: value ? floatsOf(value) : null,
  };
}

function floatsOf({ dims, dataType, rawData }: TensorMessage): OnnxTensor | null {
  if (dataType !== FLOAT) return null;
  // A copy, because floats must begin at a multiple of four bytes.
  return { shape: dims.map(Number), data: new Float32Array(Uint8Array.from(rawData).buffer) };
}
