import { OnnxGraph, type Value } from '../onnx';
import type { Weight } from '../tfjsWeights';

type Weights = Map<string, Weight>;

/** Mean colour that dlib's ResNet was trained with (face-api: FaceRecognitionNet). */
const MEAN_RGB = [122.782, 117.001, 104.298] as const;
const CHIP = 150;
const ENCODING = 128;

/**
 * dlib's ResNet-29 face encoder with face-api's weights: `pixels` `[faces, 150, 150, 3]` to `encoding` `[faces, 128]`.
 * The scale layer after each convolution is folded into its weights.
 */
export function faceEncoder(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('face_recognition');
  const [r, g, b] = MEAN_RGB;
  let x = graph.pixels(['faces', CHIP, CHIP, 3], 1 / 255, [-r / 255, -g / 255, -b / 255]);
  x = graph.node('Relu', [scaledConv(graph, x, weights, 'conv32_down', 2, 'valid')]);
  x = graph.node('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2] });
  for (const block of ['conv32_1', 'conv32_2', 'conv32_3']) x = residual(graph, x, weights, block);
  x = residualDown(graph, x, weights, 'conv64_down', { channels: 32, short: false });
  for (const block of ['conv64_1', 'conv64_2', 'conv64_3']) x = residual(graph, x, weights, block);
  x = residualDown(graph, x, weights, 'conv128_down', { channels: 64, short: false });
  for (const block of ['conv128_1', 'conv128_2']) x = residual(graph, x, weights, block);
  x = residualDown(graph, x, weights, 'conv256_down', { channels: 128, short: true });
  for (const block of ['conv256_1', 'conv256_2']) x = residual(graph, x, weights, block);
  x = residualDown(graph, x, weights, 'conv256_down_out', { channels: 0, short: true });
  x = graph.reshape(graph.node('GlobalAveragePool', [x]), [0, -1]);
  const fc = weights.get('fc');
  if (!fc) throw new Error('weight fc is missing');
  graph.output('encoding', graph.node('MatMul', [x, graph.constant(fc.data, fc.shape)]), ['faces', ENCODING]);
  return graph.encode();
}

function residual(graph: OnnxGraph, x: Value, weights: Weights, prefix: string): Value {
  const inner = graph.node('Relu', [scaledConv(graph, x, weights, `${prefix}/conv1`, 1, 'same')]);
  const out = scaledConv(graph, inner, weights, `${prefix}/conv2`, 1, 'same');
  return graph.node('Relu', [graph.node('Add', [out, x])]);
}

interface Down {
  /** Channels of zeros added to the pooled input, to match the convolved one. */
  channels: number;
  /** Whether the convolved input is one row and column shorter than the pooled input; it is then padded with zeros. */
  short: boolean;
}

function residualDown(graph: OnnxGraph, x: Value, weights: Weights, prefix: string, { channels, short }: Down): Value {
  const inner = graph.node('Relu', [scaledConv(graph, x, weights, `${prefix}/conv1`, 2, 'valid')]);
  let out = scaledConv(graph, inner, weights, `${prefix}/conv2`, 1, 'same');
  if (short)
    out = graph.pad(out, [
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 1],
    ]);
  let pooled = graph.node('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
  if (channels)
    pooled = graph.pad(pooled, [
      [0, 0],
      [0, channels],
      [0, 0],
      [0, 0],
    ]);
  return graph.node('Relu', [graph.node('Add', [pooled, out])]);
}

/** `scale * (conv(x) + bias) + offset` as one convolution. */
function scaledConv(
  graph: OnnxGraph,
  x: Value,
  weights: Weights,
  prefix: string,
  stride: number,
  padding: 'same' | 'valid',
): Value {
  const get = (name: string): Weight => {
    const weight = weights.get(`${prefix}/${name}`);
    if (!weight) throw new Error(`weight ${prefix}/${name} is missing`);
    return weight;
  };
  const filters = get('conv/filters');
  const scale = get('scale/weights').data;
  const offset = get('scale/biases').data;
  const channels = scale.length;
  return graph.conv(x, {
    weights: { shape: filters.shape, data: filters.data.map((w, i) => w * (scale[i % channels] ?? 0)) },
    bias: get('conv/bias').data.map((b, i) => b * (scale[i] ?? 0) + (offset[i] ?? 0)),
    stride,
    padding,
  });
}
