import { isRecognised, nameOf } from '@/lib/phone/recognition/headline';
import type { FrameReport, SeenFace } from '@/lib/phone/vision/protocol';

const COLOURS = { known: '#34d399', unknown: '#fbbf24', checking: '#a5b4fc', deciding: 'rgb(255 255 255 / 0.8)' };

/** Height of the status bar at the top, pixels. */
const STATUS_HEIGHT = 56;
/** Minimum width of a caption above a narrow face, pixels. */
const MIN_CAPTION_WIDTH = 96;

/** Draws boxes and names at the positions to which `object-fit: cover` scales the picture's faces. */
export function drawFaces(canvas: HTMLCanvasElement, report: FrameReport, { mirrored }: { mirrored: boolean }): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const density = devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
  }
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = `600 16px ${getComputedStyle(canvas).fontFamily}`;
  const scale = Math.max(width / report.width, height / report.height);
  const left = (width - report.width * scale) / 2;
  const top = (height - report.height * scale) / 2;
  for (const face of report.faces) {
    const { position } = face;
    const x = mirrored ? report.width - position.right : position.left;
    const margin = (position.right - position.left) * 0.12 * scale;
    drawFace(context, face, {
      x: left + x * scale - margin,
      y: top + position.top * scale - margin,
      width: (position.right - position.left) * scale + 2 * margin,
      height: (position.bottom - position.top) * scale + 2 * margin,
    });
  }
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function drawFace(context: CanvasRenderingContext2D, face: SeenFace, box: Box): void {
  const { text, colour } = captionOf(face);
  context.lineWidth = 3;
  context.strokeStyle = colour;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, Math.min(24, box.width / 6));
  context.stroke();
  if (!text) return;
  const padding = 8;
  const caption = shorten(context, text, Math.max(box.width, MIN_CAPTION_WIDTH) - 2 * padding);
  const width = context.measureText(caption).width + 2 * padding;
  const x = Math.min(Math.max(8, box.x), Math.max(8, context.canvas.clientWidth - width - 8));
  const y = Math.max(STATUS_HEIGHT, box.y - 34);
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, 28, 8);
  context.fill();
  context.fillStyle = '#0b0c10';
  context.textBaseline = 'middle';
  context.fillText(caption, x + padding, y + 15);
}

/** Shortens a text to a width, so that names of neighbours do not overlap. */
function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length - 1;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

function captionOf(face: SeenFace): { text: string; colour: string } {
  const { label } = face;
  if (label.kind === 'known') {
    if (isRecognised(face)) return { text: nameOf(label.identity), colour: COLOURS.known };
    return { text: face.liveness.kind === 'failed' ? 'Not alive?' : '', colour: COLOURS.checking };
  }
  if (label.kind === 'unknown') return { text: 'Unknown', colour: COLOURS.unknown };
  return { text: '', colour: COLOURS.deciding };
}
