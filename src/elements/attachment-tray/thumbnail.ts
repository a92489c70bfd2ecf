/** How large a small picture is, in pixels: twice what a tile shows, for dense screens. */
const SIZE = 128;

/** The middle of a picture, small; null when it cannot be shown. Drawn instead of named by an address: nothing of the file stays behind, and no policy has to allow it. */
export async function thumbnail(picture: Blob): Promise<HTMLCanvasElement | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SIZE;
    const scale = SIZE / Math.min(bitmap.width, bitmap.height);
    const [width, height] = [bitmap.width * scale, bitmap.height * scale];
    canvas.getContext('2d')?.drawImage(bitmap, (SIZE - width) / 2, (SIZE - height) / 2, width, height);
    bitmap.close();
    return canvas;
  } catch {
    return null;
  }
}
