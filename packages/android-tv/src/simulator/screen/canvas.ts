import { glyph, glyphHeight, glyphWidth } from './font.ts';

/** A picture of one byte a pixel: an index into a palette. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height);
  }

  rectangle(x: number, y: number, width: number, height: number, colour: number): void {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++)
      this.pixels.fill(
        colour,
        row * this.width + Math.max(0, x),
        row * this.width + Math.min(this.width, x + width),
      );
  }

  /** Writes capitals, `scale` pixels a dot; gives the width it took. */
  text(text: string, x: number, y: number, scale: number, colour: number): number {
    const advance = (glyphWidth + 1) * scale;
    for (const [index, letter] of [...text].entries()) {
      for (const [column, bits] of glyph(letter).entries()) {
        for (let row = 0; row < glyphHeight; row++) {
          if ((bits >> row) & 1)
            this.rectangle(x + index * advance + column * scale, y + row * scale, scale, scale, colour);
        }
      }
    }
    return [...text].length * advance;
  }

  centred(text: string, y: number, scale: number, colour: number): void {
    const width = [...text].length * (glyphWidth + 1) * scale;
    this.text(text, Math.round((this.width - width) / 2), y, scale, colour);
  }
}
