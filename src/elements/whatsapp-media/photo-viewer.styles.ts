import { css } from 'lit';

export const viewerStyles = css`
  #photo-viewer {
    inline-size: calc(100vw - 24px);
    block-size: calc(100dvh - 24px);
    overflow: hidden;
  }
  #photo-viewer[open] {
    display: flex;
    flex-direction: column;
  }
  #photo-viewer .dialog-body {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    padding: 0;
  }
  .viewport {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    background: var(--_surface-sunken);
  }
  .large {
    display: block;
    object-fit: contain;
  }
  .tools {
    display: flex;
    gap: 8px;
    justify-content: center;
    padding: 8px;
  }
  [dir='ltr'] .back svg,
  [dir='rtl'] .on svg {
    transform: scaleX(-1);
  }
`;
