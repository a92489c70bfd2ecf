import { css } from 'lit';

export const mediaStyles = css`
  :host {
    position: relative;
    min-inline-size: 0;
    contain: layout;
  }
  .file {
    position: relative;
    block-size: 100%;
  }
  .picture {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    user-select: none;
    -webkit-user-select: none;
  }
  /* Its pixels are no part of the layout, however many they are. */
  .image,
  .sticker {
    overflow: hidden;
    border-radius: var(--_radius-control);
  }
  .image {
    background: var(--_surface-sunken);
  }
  .sticker .picture {
    object-fit: contain;
  }
  .image .picture,
  .sticker .picture,
  .ground,
  .absence {
    position: absolute;
    inset: 0;
  }
  .coming {
    visibility: hidden;
  }
  .ground {
    border-radius: 0;
  }
  .absence {
    display: flex;
    flex-direction: column;
    gap: 6px;
    align-items: center;
    justify-content: center;
    padding: 8px 12px;
    overflow: hidden;
    text-align: center;
    text-wrap: balance;
  }
  .absence > :not(.ground) {
    position: relative;
  }
  .opens {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    cursor: zoom-in;
  }
  .opens:focus-visible {
    outline-offset: -2px;
  }

  /* What can be done with a picture appears when it is pointed at. */
  :is(.image, .sticker, .video) .popover-place {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    opacity: 0;
    transition: opacity var(--_motion);
  }
  .file:hover .popover-place,
  .popover-place:focus-within {
    opacity: 1;
  }
  :is(.image, .sticker, .video) .more {
    background-color: color-mix(in srgb, var(--_surface) 88%, transparent);
  }
  @media (hover: none) {
    .file .popover-place {
      opacity: 1;
    }
  }

  .line {
    display: flex;
    gap: 4px;
    align-items: center;
    block-size: 100%;
  }
  .line .body {
    display: flex;
    flex: 1;
    gap: 10px;
    align-items: center;
    min-inline-size: 0;
    block-size: 100%;
    padding: 4px 6px;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    text-align: start;
  }
  button.body {
    cursor: pointer;
  }
  button.body:hover {
    background: var(--_hover);
  }
  .line .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--_radius-control);
    background: color-mix(in srgb, var(--_text) 7%, transparent);
    color: var(--_text-muted);
  }
  .lines {
    display: block;
    flex: 1;
    min-inline-size: 0;
  }
  .name {
    display: -webkit-box;
    overflow: hidden;
    font-weight: 600;
    line-height: calc(17 / 14);
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .facts {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 1;
  }
  .why {
    -webkit-line-clamp: 2;
  }
  .line:has(.why) .name {
    -webkit-line-clamp: 1;
  }
  @media (forced-colors: active) {
    .image {
      border: 1px solid CanvasText;
    }
  }
`;
