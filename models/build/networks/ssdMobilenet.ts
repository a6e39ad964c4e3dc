import { type ConvOptions, OnnxGraph, type Value } from '../onnx';
import type { Weight } from '../tfjsWeights';

type Weights = Map<string, Weight>;

/** TensorFlow's batch-norm epsilon of this network (face-api: ssdMobilenetv1/mobileNetV1). */
const BATCH_NORM_EPSILON = 0.0010000000474974513;
const DOWNSAMPLING_LAYERS = new Set([2, 4, 6, 12]);
const LAYERS = 13;
/** Every map of the network lies between 0 and 6 (ReLU6), and uses all of it: as bytes, a step is this. */
const STEP = 6 / 255;
/**
 * Layers that stay in floats: the first pointwise one is a filter of high gain, whose outputs are small differences of large
 * terms; rounded, it loses a third of the small faces, while all the others together lose none. Its neighbours are left with it.
 */
const IN_FLOATS = new Set([
  'MobilenetV1/Conv2d_0_pointwise',
  'MobilenetV1/Conv2d_1_depthwise',
  'MobilenetV1/Conv2d_1_pointwise',
  'MobilenetV1/Conv2d_2_depthwise',
]);
/** Boxes a cell: three on the first map, six on the other five. */
const BOXES = [3, 6, 6, 6, 6, 6];

/** A map of the network: its values, or the bytes that stand for them. */
interface FeatureMap {
  value: Value;
  bytes: boolean;
}

/**
 * The SSD MobileNet v1 face detector of face-api, fully convolutional: any height and width, not only 512. All but its
 * first layers and its answers are computed in bytes, in less than half the time.
 * Per feature map `i` (strides 16, 32, 64, 128, 256, 512) it gives `logit_i` `[1, boxes, height, width]`, the logit of
 * "face", and `box_i` `[1, boxes * 4, height, width]`, the encoded box (y, x, height, width).
 */
export function ssdMobilenet(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('ssd_mobilenetv1');
  let x: FeatureMap = { value: graph.pixels([1, 'height', 'width', 3], 1 / 127.5, [-1, -1, -1]), bytes: false };
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
    predictor(graph, inFloats(graph, map), weights, level);
  });
  return graph.encode();
}

/** A convolution and ReLU6. */
function layer(graph: OnnxGraph, x: FeatureMap, name: string, options: ConvOptions): FeatureMap {
  if (IN_FLOATS.has(name)) return { value: graph.clip(graph.conv(inFloats(graph, x), options), 0, 6), bytes: false };
  const bytes = x.bytes ? x.value : graph.toBytes(x.value, STEP);
  return { value: graph.byteConv(bytes, { ...options, step: STEP }), bytes: true };
}

function inFloats(graph: OnnxGraph, { value, bytes }: FeatureMap): Value {
  return bytes ? graph.fromBytes(value, STEP) : value;
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

function pointwise(graph: OnnxGraph, x: FeatureMap, weights: Weights, name: string, stride: number): FeatureMap {
  return layer(graph, x, name, {
    weights: get(weights, `${name}/weights`),
    bias: get(weights, `${name}/convolution_bn_offset`).data,
    stride,
    padding: 'same',
  });
}

/** A depthwise convolution with its batch norm folded in: `(x − mean) / √(variance + ε) * gamma + beta`. */
function depthwise(graph: OnnxGraph, x: FeatureMap, weights: Weights, name: string, stride: number): FeatureMap {
  const filters = get(weights, `${name}/depthwise_weights`);
  const norm = (part: string) => get(weights, `${name}/BatchNorm/${part}`).data;
  const gamma = norm('gamma');
  const variance = norm('moving_variance');
  const mean = norm('moving_mean');
  const beta = norm('beta');
  const factor = gamma.map((g, i) => g / Math.sqrt((variance[i] ?? 0) + BATCH_NORM_EPSILON));
  const channels = factor.length;
  return layer(graph, x, name, {
    weights: { shape: filters.shape, data: filters.data.map((w, i) => w * (factor[i % channels] ?? 0)) },
    bias: beta.map((b, i) => b - (mean[i] ?? 0) * (factor[i] ?? 0)),
    stride,
    padding: 'same',
    depthwise: true,
  });
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
