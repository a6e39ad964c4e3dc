import { type ConvOptions, OnnxGraph, type Value } from '../onnx';
import type { Weight } from '../tfjsWeights';

type Weights = Map<string, Weight>;

/** TensorFlow's batch-norm epsilon of this network (face-api: ssdMobilenetv1/mobileNetV1). */
const BATCH_NORM_EPSILON = 0.0010000000474974513;
const DOWNSAMPLING_LAYERS = new Set([2, 4, 6]);
/** Layers before the first output map. */
const LAYERS = 11;
/** Every map is between 0 and 6 (ReLU6) and uses the full range; this is the quantisation step of a byte. */
const STEP = 6 / 255;
/**
 * Layers that stay in float. The first pointwise layer is a high-gain filter whose outputs are small differences of
 * large terms; quantised, it loses a third of the small faces, while all other layers together lose none. Its
 * neighbours stay in float too.
 */
const FLOAT_LAYERS = new Set([
  'MobilenetV1/Conv2d_0_pointwise',
  'MobilenetV1/Conv2d_1_depthwise',
  'MobilenetV1/Conv2d_1_pointwise',
  'MobilenetV1/Conv2d_2_depthwise',
]);
const BOXES_PER_CELL = 3;

/** A feature map: its values, or the bytes that represent them. */
interface FeatureMap {
  value: Value;
  bytes: boolean;
}

/**
 * The SSD MobileNet v1 face detector of face-api, up to its first map: it detects faces of up to some 110 pixels. Fully
 * convolutional: any height and width, not only 512. All layers except the first ones and the outputs are computed in
 * bytes, in less than half the time.
 *
 * For the feature map of stride 16 it outputs `logit_0` `[1, 3, height, width]`, the logit of "face", and `box_0`
 * `[1, 12, height, width]`, the encoded box (y, x, height, width).
 */
export function ssdFirstMap(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('ssd_mobilenetv1');
  let x: FeatureMap = { value: graph.pixels([1, 'height', 'width', 3], 1 / 127.5, [-1, -1, -1]), bytes: false };
  x = pointwise(graph, x, weights, 'MobilenetV1/Conv2d_0_pointwise', 2);
  for (let layer = 1; layer <= LAYERS; layer++) x = separable(graph, x, weights, layer);
  predictor(graph, inFloats(graph, x), weights);
  return graph.encode();
}

/** A depthwise convolution followed by a pointwise one. */
function separable(graph: OnnxGraph, x: FeatureMap, weights: Weights, layer: number): FeatureMap {
  const stride = DOWNSAMPLING_LAYERS.has(layer) ? 2 : 1;
  const filtered = depthwise(graph, x, weights, `MobilenetV1/Conv2d_${layer}_depthwise`, stride);
  return pointwise(graph, filtered, weights, `MobilenetV1/Conv2d_${layer}_pointwise`, 1);
}

/** A convolution and ReLU6. */
function layer(graph: OnnxGraph, x: FeatureMap, name: string, options: ConvOptions): FeatureMap {
  if (FLOAT_LAYERS.has(name)) return { value: graph.clip(graph.conv(inFloats(graph, x), options), 0, 6), bytes: false };
  const bytes = x.bytes ? x.value : graph.toBytes(x.value, STEP);
  return { value: graph.byteConv(bytes, { ...options, step: STEP }), bytes: true };
}

function inFloats(graph: OnnxGraph, { value, bytes }: FeatureMap): Value {
  return bytes ? graph.fromBytes(value, STEP) : value;
}

function predictor(graph: OnnxGraph, map: Value, weights: Weights): void {
  const prefix = 'Prediction/BoxPredictor_0';
  const logits = get(weights, `${prefix}/ClassPredictor/weights`);
  // Of the three classes per box (background, face, none) only "face" is read.
  const face = Array.from({ length: BOXES_PER_CELL }, (_, box) => box * 3 + 1);
  graph.output(
    'logit_0',
    graph.conv(map, {
      weights: pickOutputs(logits, face),
      bias: pick(get(weights, `${prefix}/ClassPredictor/biases`).data, face),
      padding: 'valid',
    }),
    [1, BOXES_PER_CELL, 'height_0', 'width_0'],
  );
  graph.output(
    'box_0',
    graph.conv(map, {
      weights: get(weights, `${prefix}/BoxEncodingPredictor/weights`),
      bias: get(weights, `${prefix}/BoxEncodingPredictor/biases`).data,
      padding: 'valid',
    }),
    [1, BOXES_PER_CELL * 4, 'height_0', 'width_0'],
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
  if (!weight) throw new Error(`weight ${name} is missing`);
  return weight;
}
