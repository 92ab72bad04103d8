/** As large as a face is ever shown, twice over for fine screens. */
const WIDTH = 240;
const HEIGHT = 288;
const QUALITY = 0.82;

/** The middle of a picture as a small JPEG in base64, without what else its file told (place, camera, time). */
export async function smallJpegOf(picture: Blob): Promise<string> {
  const bitmap = await createImageBitmap(picture);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const scale = Math.max(WIDTH / bitmap.width, HEIGHT / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  canvas.getContext('2d')!.drawImage(bitmap, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  bitmap.close();
  return canvas.toDataURL('image/jpeg', QUALITY).replace(/^[^,]*,/, '');
}
