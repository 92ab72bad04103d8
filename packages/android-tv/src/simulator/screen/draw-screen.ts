import { parseComponent } from '../../readers/index.ts';
import type { SimulatedTv } from '../tv/simulated-tv.ts';
import { Canvas } from './canvas.ts';

const colours = {
  black: [0, 0, 0],
  ground: [16, 24, 40],
  panel: [30, 42, 64],
  text: [235, 240, 248],
  dim: [140, 152, 172],
  accent: [64, 156, 255],
  good: [70, 190, 120],
  warm: [230, 150, 60],
} as const;
type Colour = keyof typeof colours;

const names = Object.keys(colours) as Colour[];
const index = (colour: Colour) => names.indexOf(colour);

/** RGB triples in the order of the canvas's indices. */
export const palette = Uint8Array.from(names.flatMap((name) => colours[name]));

const screenWidth = 960;
const screenHeight = 540;

/**
 * The interface plane of a TV as a capture finds it: black where an input's video lies on its own plane, with at most
 * the set's own box and bars over it; the interface where an app is in front.
 */
export function drawScreen(tv: SimulatedTv): Canvas {
  const canvas = new Canvas(screenWidth, screenHeight);
  if (!tv.isShowing()) return canvas;
  if (tv.shownInput) drawInput(canvas, tv);
  else drawApp(canvas, tv);
  drawVolume(canvas, tv);
  if (tv.dialog !== undefined) drawDialog(canvas, tv.dialog);
  return canvas;
}

function drawInput(canvas: Canvas, tv: SimulatedTv): void {
  const input = tv.shownInput;
  canvas.text(input?.hdmiPort === undefined ? 'TV' : `HDMI ${input.hdmiPort}`, 40, 36, 4, index('text'));
  if (input?.state === 0) return;
  canvas.rectangle(280, 210, 400, 120, index('panel'));
  canvas.centred('НЕТ СИГНАЛА', 252, 5, index('text'));
}

function drawApp(canvas: Canvas, tv: SimulatedTv): void {
  canvas.rectangle(0, 0, screenWidth, screenHeight, index('ground'));
  canvas.rectangle(0, 0, screenWidth, 96, index('panel'));
  canvas.text(tv.name, 40, 34, 4, index('text'));
  canvas.text(clockFace(tv.clock.now()), screenWidth - 170, 34, 4, index('accent'));
  const name = parseComponent(tv.front)?.package ?? '';
  canvas.text(name, 40, 140, 3, index('dim'));
  if (tv.session && name === tv.session.package) {
    canvas.text(tv.session.title, 40, 220, 4, index('text'));
    canvas.text(tv.session.state, 40, 280, 3, index(tv.session.state === 'playing' ? 'good' : 'warm'));
    canvas.rectangle(40, 330, 880, 10, index('panel'));
    canvas.rectangle(40, 330, Math.floor(((tv.uptime % 30_000) / 30_000) * 880), 10, index('accent'));
  } else {
    for (let tile = 0; tile < 5; tile++) canvas.rectangle(40 + tile * 178, 220, 160, 96, index('panel'));
  }
  if (tv.lastKey !== undefined) canvas.text(tv.lastKey, 40, 440, 2, index('dim'));
}

function drawVolume(canvas: Canvas, tv: SimulatedTv): void {
  const width = 300;
  const filled = Math.round((tv.volume / tv.profile.audio.max) * width);
  canvas.rectangle(40, 496, width, 12, index('panel'));
  canvas.rectangle(40, 496, filled, 12, index(tv.muted ? 'warm' : 'accent'));
  canvas.text(tv.muted ? 'MUTE' : String(tv.volume), 356, 490, 3, index('text'));
}

function drawDialog(canvas: Canvas, text: string): void {
  canvas.rectangle(180, 170, 600, 200, index('panel'));
  canvas.rectangle(180, 170, 600, 6, index('accent'));
  canvas.centred(text, 220, 3, index('text'));
  canvas.centred('OK', 310, 4, index('accent'));
}

/** Hours and minutes, UTC. */
function clockFace(now: number): string {
  const minutes = Math.floor(now / 60_000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}
