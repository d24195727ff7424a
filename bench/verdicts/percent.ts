/** `0.33 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
