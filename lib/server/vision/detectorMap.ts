/** One map of a detector: logits `[1, anchors, rows, columns]` and boxes `[1, anchors * 4, rows, columns]`. */
export interface DetectorMap {
  logits: Float32Array;
  boxes: Float32Array;
  rows: number;
  columns: number;
}
