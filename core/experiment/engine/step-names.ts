/**
 * The names of steps, as an execution that is under way knows them: what a name means must never change, and a new meaning or a new
 * result takes a new version. A test pins the list.
 */
const version = 'v1';

export const stepNames = {
  begin: `${version}/begin`,
  lead: `${version}/lead`,
  baseline: (stage: number) => `${version}/baseline/${stage}`,
  resolve: (stage: number, step: string) => `${version}/resolve/${stage}/${step}`,
  inject: (stage: number, step: string) => `${version}/inject/${stage}/${step}`,
  undo: (stage: number, part: number) => `${version}/undo/${stage}/${part}`,
  segment: (phase: string, stage: number, part: number) => `${version}/${phase}/${stage}/segment/${part}`,
  breath: (phase: string, stage: number, part: number) => `${version}/${phase}/${stage}/breath/${part}`,
  recovered: (stage: number) => `${version}/recovered/${stage}`,
  wait: (stage: number) => `${version}/wait/${stage}`,
  pause: (stage: number) => `${version}/pause/${stage}`,
  end: `${version}/end`,
} as const;
