/** `12 %` of 0.12: two digits that count. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toPrecision(percent >= 10 ? 3 : 2))} %`;
}

/** `0.5 s`, `90 s`. */
export function secondsText(ms: number): string {
  return `${Number((ms / 1_000).toPrecision(3))} s`;
}
