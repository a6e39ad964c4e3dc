import { OnnxGraph, type Value } from '../onnx';
import type { Weight } from '../tfjsWeights';

type Weights = Map<string, Weight>;

/** Mean colour of face-api's TinyFaceDetector (tinyFaceDetector/const). */
const MEAN_RGB = [117.001, 114.697, 97.404] as const;
const LEAK = 0.10000000149011612;
/** Five anchors of (x, y, width, height, objectness). */
const OUTPUTS = 25;

/**
 * face-api's TinyFaceDetector, fully convolutional with a stride of 32: `pixels` `[1, height, width, 3]` to `cells`
 * `[1, 25, height / 32, width / 32]`, for each of five anchors x, y, width, height and objectness before activation.
 */
export function tinyFaceDetector(weights: Weights): Uint8Array {
  const graph = new OnnxGraph('tiny_face_detector');
  const get = (name: string): Weight => {
    const weight = weights.get(name);
    if (!weight) throw new Error(`no weight ${name}`);
    return weight;
  };
  const leaky = (x: Value): Value => graph.node('LeakyRelu', [x], { alpha: LEAK });
  const pool = (x: Value, stride: number): Value =>
    graph.node('MaxPool', [x], { kernel_shape: [2, 2], strides: [stride, stride], auto_pad: 'SAME_UPPER' });

  const [r, g, b] = MEAN_RGB;
  let x = graph.pixels([1, 'height', 'width', 3], 1 / 255, [-r / 255, -g / 255, -b / 255]);
  x = leaky(graph.conv(x, { weights: get('conv0/filters'), bias: get('conv0/bias').data, padding: 'same' }));
  for (let layer = 1; layer <= 5; layer++) {
    x = pool(x, 2);
    x = graph.conv(x, { weights: get(`conv${layer}/depthwise_filter`), padding: 'same', depthwise: true });
    x = leaky(
      graph.conv(x, {
        weights: get(`conv${layer}/pointwise_filter`),
        bias: get(`conv${layer}/bias`).data,
        padding: 'valid',
      }),
    );
  }
  x = pool(x, 1);
  x = graph.conv(x, { weights: get('conv8/filters'), bias: get('conv8/bias').data, padding: 'valid' });
  graph.output('cells', x, [1, OUTPUTS, 'rows', 'columns']);
  return graph.encode();
}
