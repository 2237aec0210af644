/** By which column, and which way. */
export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}
