import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    block-size: 360px;
    container-type: inline-size;
  }
  :host(:focus) {
    outline: none;
  }
  .picker {
    block-size: 100%;
  }
  whatsapp-emoji-grid {
    --emoji-size: 22px;
    --emoji-padding: 6px;
    --num-columns: 7;
    --border-size: 0;
    --background: var(--_surface);
    --border-color: var(--_divider);
    --indicator-color: var(--_accent);
    --button-hover-background: var(--_hover);
    --button-active-background: var(--_hover);
    --category-font-size: 12px;
    --category-font-color: var(--_text-muted);
    --category-emoji-size: 18px;
    --input-border-color: var(--_border);
    --input-border-radius: var(--_radius-control);
    --input-font-size: var(--_font-size);
    --input-font-color: var(--_text);
    --input-placeholder-color: var(--_text-muted);
    --input-padding: 5px 8px;
    --outline-color: var(--_focus);
    color-scheme: inherit;
    inline-size: 100%;
    block-size: 100%;
  }
  @container (min-width: 300px) {
    whatsapp-emoji-grid {
      --num-columns: 8;
    }
  }
  @container (min-width: 420px) {
    whatsapp-emoji-grid {
      --num-columns: 11;
    }
  }
  @media (pointer: coarse) {
    whatsapp-emoji-grid {
      --emoji-padding: 11px;
      --num-columns: 5;
    }
    @container (min-width: 300px) {
      whatsapp-emoji-grid {
        --num-columns: 6;
      }
    }
    @container (min-width: 420px) {
      whatsapp-emoji-grid {
        --num-columns: 9;
      }
    }
  }
  .skeleton {
    block-size: 100%;
  }
  .failed {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    block-size: 100%;
    padding: 16px;
    text-align: center;
  }
`;
