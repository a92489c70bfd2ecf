const SIZE = 32;

/** Marks the page's icon with a dot, by a link of our own behind the page's. */
export class FaviconMark {
  readonly #document: Document;
  #link: HTMLLinkElement | null = null;

  constructor(document: Document) {
    this.#document = document;
  }

  show(): void {
    if (this.#link) return;
    const link = this.#document.createElement('link');
    link.rel = 'icon';
    link.type = 'image/png';
    this.#link = link;
    void this.#draw(link);
  }

  clear(): void {
    this.#link?.remove();
    this.#link = null;
  }

  /** Where anything of it is forbidden (another origin's icon, no canvas), the page keeps its icon, or gets the dot alone. */
  async #draw(link: HTMLLinkElement): Promise<void> {
    const canvas = this.#document.createElement('canvas');
    canvas.width = SIZE;
    canvas.height = SIZE;
    const context = canvas.getContext('2d');
    if (!context) return;
    const icon = await this.#pageIcon();
    if (this.#link !== link) return;
    if (icon) context.drawImage(icon, 0, 0, SIZE, SIZE);
    drawDot(context, icon ? SIZE / 4 : SIZE / 2.5);
    try {
      link.href = canvas.toDataURL('image/png');
    } catch {
      // An address of the page's own that leads to another origin: what came from there may be drawn, but not read.
      return;
    }
    this.#document.head.append(link);
  }

  /** The page's icon, if it is of the page's own origin; null otherwise. */
  async #pageIcon(): Promise<HTMLImageElement | null> {
    const links = this.#document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"][href]');
    const url = new URL([...links].at(-1)?.href ?? '/favicon.ico', this.#document.baseURI);
    if (url.origin !== this.#document.location.origin && url.protocol !== 'data:') return null;
    const image = this.#document.createElement('img');
    image.src = url.href;
    try {
      await image.decode();
      return image.naturalWidth > 0 ? image : null;
    } catch {
      return null;
    }
  }
}

function drawDot(context: CanvasRenderingContext2D, radius: number): void {
  const centre = SIZE - radius - 1;
  context.beginPath();
  context.arc(centre, centre, radius, 0, 2 * Math.PI);
  context.fillStyle = '#d92d20';
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = '#ffffff';
  context.stroke();
}
