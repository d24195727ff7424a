/** An SSM parameter. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly type: 'String' | 'SecureString';
}
