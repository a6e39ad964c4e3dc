/**
 * Has ONNX Runtime keep what it does to itself. From 1.29 on its builds for Linux and macOS post to their maker which
 * models run on what machine, and keep an id of the machine in the home folder, unless the environment says no before
 * they are first used (github.com/microsoft/onnxruntime/pull/27379).
 *
 * To be called on the main thread, before threads that use it start: the `process.env` of a thread is a copy, which
 * native code does not see.
 */
export function refuseTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
