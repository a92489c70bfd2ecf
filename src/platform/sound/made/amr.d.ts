/** opencore-amr. Addresses are those of `memory`, whose buffer changes as it grows; 0 is none. */
export interface AmrCode {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(bytes: number): number;
  free(address: number): void;
  amr_nb_create(): number;
  amr_wb_create(): number;
  /** @returns How many samples the frame has. */
  amr_nb_decode(decoder: number, frame: number, bytes: number): number;
  amr_wb_decode(decoder: number, frame: number, bytes: number): number;
  /** @returns Where they are, as 32-bit floats. */
  amr_nb_output(): number;
  amr_wb_output(): number;
}

/** A decoder with a memory of its own. */
export declare function create(): AmrCode;
