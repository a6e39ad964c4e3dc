import { OnnxGraph, type Value } from '../onnx';
import type { Weight } from '../tfjsWeights';

type Weights = Map<string, Weight>;

/** TensorFlow's batch-norm epsilon of this network (face-api: ssdMobilenetv1/mobileNetV1). */
const BATCH_NORM_EPSILON = 0.0010000000474974513;
const DOWNSAMPLING_LAYERS = new Set([2, 4, 6, 12]);
const LAYERS = 13;
/** Boxes a cell: three on the first map, six on the other five. */
const BOXES = [3, 6, 6, 6, 6, 6];

/**
 * The SSD MobileNet v1 face detector of face-api, fully convolutional: any height and width, not only 512.
 * Per feature map `i` (strides 16, 32, 64, 128, 256, 512) it gives `logit_i` `[1, boxes, height, width]`, the logit of
 * "face", and `box_i` `[1, boxes * 4, height, width]`, the encoded box (y, x, height, width).
 */
export function ssdMobilenet(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('ssd_mobilenetv1');
  let x = graph.pixels([1, 'height', 'width', 3], 1 / 127.5, [-1, -1, -1]);
  x = pointwise(graph, x, weights, 'MobilenetV1/Conv2d_0_pointwise', 2);
  let conv11 = x;
  for (let layer = 1; layer <= LAYERS; layer++) {
    x = depthwise(graph, x, weights, `MobilenetV1/Conv2d_${layer}_depthwise`, DOWNSAMPLING_LAYERS.has(layer) ? 2 : 1);
    x = pointwise(graph, x, weights, `MobilenetV1/Conv2d_${layer}_pointwise`, 1);
    if (layer === 11) conv11 = x;
  }
  const maps = [conv11, x];
  for (let layer = 0; layer < 8; layer++) {
    x = pointwise(graph, x, weights, `Prediction/Conv2d_${layer}_pointwise`, layer % 2 ? 2 : 1);
    if (layer % 2) maps.push(x);
  }
  maps.forEach((map, level) => {
    predictor(graph, map, weights, level);
  });
  return graph.encode();
}

function predictor(graph: OnnxGraph, map: Value, weights: Weights, level: number): void {
  const boxes = BOXES[level] ?? 0;
  const prefix = `Prediction/BoxPredictor_${level}`;
  const logits = get(weights, `${prefix}/ClassPredictor/weights`);
  // Of the three classes a box (background, face, none) only "face" is read.
  const face = Array.from({ length: boxes }, (_, box) => box * 3 + 1);
  graph.output(
    `logit_${level}`,
    graph.conv(map, {
      weights: pickOutputs(logits, face),
      bias: pick(get(weights, `${prefix}/ClassPredictor/biases`).data, face),
      padding: 'valid',
    }),
    [1, boxes, `height_${level}`, `width_${level}`],
  );
  graph.output(
    `box_${level}`,
    graph.conv(map, {
      weights: get(weights, `${prefix}/BoxEncodingPredictor/weights`),
      bias: get(weights, `${prefix}/BoxEncodingPredictor/biases`).data,
      padding: 'valid',
    }),
    [1, boxes * 4, `height_${level}`, `width_${level}`],
  );
}

function pointwise(graph: OnnxGraph, x: Value, weights: Weights, prefix: string, stride: number): Value {
  const out = graph.conv(x, {
    weights: get(weights, `${prefix}/weights`),
    bias: get(weights, `${prefix}/convolution_bn_offset`).data,
    stride,
    padding: 'same',
  });
  return graph.clip(out, 0, 6);
}

/** A depthwise convolution with its batch norm folded in: `(x − mean) / √(variance + ε) * gamma + beta`. */
function depthwise(graph: OnnxGraph, x: Value, weights: Weights, prefix: string, stride: number): Value {
  const filters = get(weights, `${prefix}/depthwise_weights`);
  const norm = (name: string) => get(weights, `${prefix}/BatchNorm/${name}`).data;
  const gamma = norm('gamma');
  const variance = norm('moving_variance');
  const mean = norm('moving_mean');
  const beta = norm('beta');
  const factor = gamma.map((g, i) => g / Math.sqrt((variance[i] ?? 0) + BATCH_NORM_EPSILON));
  const channels = factor.length;
  const out = graph.conv(x, {
    weights: { shape: filters.shape, data: filters.data.map((w, i) => w * (factor[i % channels] ?? 0)) },
    bias: beta.map((b, i) => b - (mean[i] ?? 0) * (factor[i] ?? 0)),
    stride,
    padding: 'same',
    depthwise: true,
  });
  return graph.clip(out, 0, 6);
}

function pickOutputs({ shape, data }: Weight, outputs: number[]): Weight {
  const out = shape.at(-1) ?? 1;
  const rows = data.length / out;
  const picked = new Float32Array(rows * outputs.length);
  for (let row = 0; row < rows; row++)
    picked.set(pick(data.subarray(row * out, (row + 1) * out), outputs), row * outputs.length);
  return { shape: [...shape.slice(0, -1), outputs.length], data: picked };
}

function pick(data: Float32Array, indices: number[]): Float32Array {
  return Float32Array.from(indices, (i) => data[i] ?? 0);
}

function get(weights: Weights, name: string): Weight {
  const weight = weights.get(name);
  if (!weight) throw new Error(`no weight ${name}`);
  return weight;
}
