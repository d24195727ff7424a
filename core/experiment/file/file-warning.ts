export interface FileWarning {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}
