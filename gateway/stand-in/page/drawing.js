const SVG = 'http://www.w3.org/2000/svg';
/** WhatsApp's marks: a mark touches its words, and does not stand inside a word. */
const MARKS = [
  [/```([^]+?)```/u, 'code'],
  [/(?<![\p{L}\p{N}])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}])/u, 'strong'],
  [/(?<![\p{L}\p{N}])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}])/u, 'em'],
  [/(?<![\p{L}\p{N}])~(?!\s)([^~\n]+?)(?<!\s)~(?![\p{L}\p{N}])/u, 's'],
];

/** An element; strings among the children become text. */
export function draw(name, attributes = {}, children = []) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  node.append(...children.filter((child) => child !== ''));
  return node;
}

/** One of the symbols of the page. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** What a message says; a few emoji alone are shown larger. */
export function words(message) {
  const node = draw('span', { class: 'words' }, formatted(message.text));
  if (
    /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D\p{Extended_Pictographic}]*\s*){1,3}$/u.test(
      message.text,
    )
  ) {
    node.dataset.large = '';
  }
  return node;
}

function formatted(text) {
  for (const [pattern, tag] of MARKS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const inner = tag === 'code' ? [match[1]] : formatted(match[1]);
    const before = text.slice(0, match.index);
    return [
      ...formatted(before),
      draw(tag, {}, inner),
      ...formatted(text.slice(match.index + match[0].length)),
    ];
  }
  return text === '' ? [] : [text];
}
