import { OnnxGraph, type Value } from '../onnx';
import type { OnnxFile, OnnxNode, OnnxTensor } from '../onnxFile';

/** The last convolutions of the original: the logits and the boxes of its four maps, in their order. */
const LOGITS = /^classification_headers\.(\d)(\.2)?\.weight$/;
const BOXES = /^regression_headers\.(\d)(\.2)?\.weight$/;
/** Classes of the original: background and face. */
const CLASSES = 2;

/**
 * The face detector RFB-320 (Linzaer, Ultra-Light-Fast-Generic-Face-Detector-1MB), fully convolutional: any height and
 * width, not only 320 × 240. For each map `i` of strides 8, 16, 32 and 64 it outputs `logit_i`
 * `[1, anchors, height, width]`, the logit of "face", and `box_i` `[1, anchors * 4, height, width]`, the encoded box
 * (x, y, width, height). The original's last layers, which are bound to its size, are left out: they only rearrange
 * and decode.
 */
export function rfb320({ nodes, weights }: OnnxFile): Uint8Array {
  const graph = new OnnxGraph('rfb320');
  const values = new Map<string, Value>([['input', graph.pixels([1, 'height', 'width', 3], 1 / 128, inputOffset())]]);
  const constants = new Map<string, OnnxTensor>();
  const value = (name: string | undefined): Value => {
    const known = values.get(name ?? '');
    if (!known) throw new Error(`value ${name} is missing`);
    return known;
  };
  const weight = (name: string | undefined): OnnxTensor => {
    const found = weights.get(name ?? '');
    if (!found) throw new Error(`weight ${name} is missing`);
    return found;
  };
  const conv = ({ inputs: [x, kernel, bias], integers }: OnnxNode, change = (tensor: OnnxTensor) => tensor): Value => {
    const { shape, data } = change(weight(kernel));
    const offsets = change(weight(bias));
    return graph.node('Conv', [value(x), graph.constant(data, shape), graph.constant(offsets.data, offsets.shape)], {
      kernel_shape: integers.kernel_shape ?? [],
      strides: integers.strides ?? [1, 1],
      pads: integers.pads ?? [0, 0, 0, 0],
      dilations: integers.dilations ?? [1, 1],
      group: integers.group?.[0] ?? 1,
    });
  };

  let outputs = 0;
  for (const node of nodes) {
    const [first = '', second = ''] = node.inputs;
    const logits = LOGITS.exec(second);
    const boxes = BOXES.exec(second);
    if (logits || boxes) {
      const level = Number((logits ?? boxes)?.[1]);
      const channels = (weight(second).shape[0] ?? 0) / (logits ? CLASSES : 1);
      const name = logits ? 'logit' : 'box';
      const made = logits ? conv(node, faceAgainstBackground) : conv(node);
      graph.output(`${name}_${level}`, made, [1, channels, `height_${level}`, `width_${level}`]);
      outputs++;
    } else if (node.op === 'Conv') {
      values.set(node.output, conv(node));
    } else if (node.op === 'Relu') {
      values.set(node.output, graph.node('Relu', [value(first)]));
    } else if (node.op === 'Constant' && node.constant) {
      constants.set(node.output, node.constant);
    } else if (node.op === 'Mul' && values.has(first)) {
      const factor = constants.get(second);
      if (!factor) throw new Error(`constant ${second} is missing`);
      values.set(node.output, graph.node('Mul', [value(first), graph.constant(factor.data, factor.shape)]));
    } else if (node.op === 'Add' && values.has(first)) {
      values.set(node.output, graph.node('Add', [value(first), value(second)]));
    } else if (node.op === 'Concat' && values.has(first)) {
      values.set(node.output, graph.node('Concat', node.inputs.map(value), { axis: 1 }));
    }
    // The remaining operators rearrange and decode the outputs. None of them has the values above as its input.
    else if (values.has(first)) throw new Error(`operator ${node.op} is not supported`);
  }
  if (outputs !== 8) throw new Error(`the detector has ${outputs} outputs, not 8`);
  return graph.encode();
}

/** Returns the offset per channel. The original takes `(byte − 127) / 128`. */
function inputOffset(): [number, number, number] {
  return [-127 / 128, -127 / 128, -127 / 128];
}

/**
 * Merges the weights of the two logits per box into those of one. A softmax of two classes is the sigmoid of their
 * difference.
 */
function faceAgainstBackground({ shape, data }: OnnxTensor): OnnxTensor {
  const [out = 0, ...rest] = shape;
  const size = data.length / out;
  const boxes = out / CLASSES;
  const difference = new Float32Array(boxes * size);
  for (let box = 0; box < boxes; box++) {
    for (let i = 0; i < size; i++) {
      const background = data[box * CLASSES * size + i] ?? 0;
      const face = data[(box * CLASSES + 1) * size + i] ?? 0;
      difference[box * size + i] = face - background;
    }
  }
  return { shape: [boxes, ...rest], data: difference };
}
