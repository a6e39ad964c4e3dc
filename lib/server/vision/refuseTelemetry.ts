/**
 * Disables the telemetry of ONNX Runtime. Since 1.29, its builds for Linux and macOS report to their maker which models
 * run on which machine, and store a machine id in the home folder. The environment must opt out before first use
 * (github.com/microsoft/onnxruntime/pull/27379).
 *
 * Must be called on the main thread, before threads that use ONNX Runtime start: the `process.env` of a thread is a
 * copy that native code does not see.
 */
export function refuseTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
