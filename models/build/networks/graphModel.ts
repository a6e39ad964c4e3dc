import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { OnnxGraph, type Padding, type Value } from '../onnx';
import { readWeights, type Weight } from '../tfjsWeights';

interface GraphNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, { s?: string; b?: boolean; list?: { i?: string[]; s?: string[] } }>;
}

interface GraphModel {
  modelTopology: { node: GraphNode[] };
  weightsManifest: Parameters<typeof readWeights>[0];
}

export interface GraphModelOptions {
  /** The model's JSON file. */
  file: string;
  /** Height and width of its input. */
  size: number;
  /** Factor for each input byte. */
  scale: number;
  /** Nodes to use as outputs, with the output's name and its number of values. */
  outputs: { node: string; name: string; length: number }[];
}

/**
 * Converts a tfjs graph model to ONNX: `pixels` `[1, size, size, 3]` to the named outputs. Supports the operators of
 * MediaPipe's face mesh and throws on any other.
 */
export async function graphModel({ file, size, scale, outputs }: GraphModelOptions): Promise<Uint8Array> {
  const model: GraphModel = JSON.parse(await readFile(file, 'utf8'));
  const weights = await readWeights(model.weightsManifest, path.dirname(file));
  const graph = new OnnxGraph(path.basename(file, '.json'));
  const nodes = new Map(model.modelTopology.node.map((node) => [node.name, node]));
  const values = new Map<string, Value>();

  const value = (name: string): Value => {
    const known = values.get(name);
    if (known) return known;
    const node = nodes.get(name);
    if (!node) throw new Error(`node ${name} is missing`);
    const made = translate(node);
    values.set(name, made);
    return made;
  };
  const weight = (name: string | undefined): Weight => {
    const found = name === undefined ? undefined : weights.get(name);
    if (!found) throw new Error(`weight ${name} is missing`);
    return found;
  };
  /**
   * A weight with one value per channel, in the shape that broadcasts over ONNX's `[batch, channel, height, width]`.
   */
  const perChannel = (name: string | undefined): Value => {
    const { data } = weight(name);
    return graph.constant(data, [data.length, 1, 1]);
  };

  const translate = (node: GraphNode): Value => {
    const inputs = node.input ?? [];
    const [first = '', second = ''] = inputs;
    switch (node.op) {
      case 'Placeholder':
        return graph.pixels([1, size, size, 3], scale, [0, 0, 0]);
      case 'Identity':
        return value(first);
      case '_FusedConv2D': {
        const fused = (node.attr?.fused_ops?.list?.s ?? []).map(text);
        const out = graph.conv(value(first), {
          weights: weight(second),
          bias: weight(inputs[2]).data,
          ...window(node),
        });
        const activation = fused[1];
        if (activation === undefined) return out;
        if (activation === 'Prelu') return prelu(graph, out, weight(inputs[3]).data);
        throw new Error(`${node.name}: fused ${activation} is not supported`);
      }
      case 'DepthwiseConv2dNative':
        return graph.conv(value(first), { weights: weight(second), depthwise: true, ...window(node) });
      case 'AddV2':
        return graph.node('Add', [value(first), weights.has(second) ? perChannel(second) : value(second)]);
      case 'Prelu':
        return prelu(graph, value(first), weight(second).data);
      case 'MaxPool': {
        const [, kernel = 1] = integers(node, 'ksize');
        const { stride } = window(node);
        return graph.node('MaxPool', [value(first)], {
          kernel_shape: [kernel, kernel],
          strides: [stride, stride],
          auto_pad: 'SAME_UPPER',
        });
      }
      case 'Pad': {
        const { data } = weight(second);
        // TensorFlow's order is batch, height, width, channel.
        const axes = [0, 3, 1, 2].map((axis): [number, number] => [data[axis * 2] ?? 0, data[axis * 2 + 1] ?? 0]);
        return graph.pad(value(first), axes);
      }
      case 'Reshape':
        // These graphs flatten only maps of one cell. Both orders of axes are the same for them.
        return graph.reshape(value(first), [1, -1]);
      case 'Sigmoid':
        return graph.node('Sigmoid', [value(first)]);
      default:
        throw new Error(`${node.name}: operator ${node.op} is not supported`);
    }
  };

  for (const { node, name, length } of outputs) graph.output(name, value(node), [1, length]);
  return graph.encode();
}

/**
 * A PReLU with one slope per channel, as `slope * x + (1 - slope) * relu(x)`. ONNX Runtime's own PReLU takes three
 * times as long as all convolutions of the face mesh together, and forces a conversion from and to their blocked memory
 * layout. Scalings (as depthwise convolutions of one pixel), Relu and Add keep that layout.
 */
function prelu(graph: OnnxGraph, x: Value, slopes: Float32Array): Value {
  const scaled = (input: Value, factors: Float32Array) =>
    graph.conv(input, {
      weights: { shape: [1, 1, factors.length, 1], data: factors },
      padding: 'valid',
      depthwise: true,
    });
  return graph.node('Add', [
    scaled(x, slopes),
    scaled(
      graph.node('Relu', [x]),
      slopes.map((slope) => 1 - slope),
    ),
  ]);
}

function window(node: GraphNode): { stride: number; padding: Padding } {
  const [, stride = 1] = integers(node, 'strides');
  return { stride, padding: text(node.attr?.padding?.s ?? '') === 'SAME' ? 'same' : 'valid' };
}

function integers(node: GraphNode, name: string): number[] {
  return (node.attr?.[name]?.list?.i ?? []).map(Number);
}

function text(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
