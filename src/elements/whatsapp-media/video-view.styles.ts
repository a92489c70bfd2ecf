import { css } from 'lit';

export const videoStyles = css`
  .video video {
    position: absolute;
    inset: 0;
    background: #000;
    object-fit: contain;
  }
  .start {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .start:focus-visible {
    outline-offset: -2px;
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    border-radius: 999px;
    background: rgb(0 0 0 / 60%);
    color: #fff;
  }
  .length {
    position: absolute;
    inset-block-end: 6px;
    inset-inline-start: 6px;
    padding: 1px 7px;
    border-radius: 999px;
    background: rgb(0 0 0 / 60%);
    color: #fff;
    font-size: var(--_font-size-small);
    line-height: 16px;
    pointer-events: none;
  }
`;
