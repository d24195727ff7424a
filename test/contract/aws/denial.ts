/** A resource policy that denies everybody an action on a resource for a minute. */
export function denial(sid: string, action: string | readonly string[], resource: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'chaos',
    Statement: [
      {
        Sid: `Chaos${sid}`,
        Effect: 'Deny',
        Principal: '*',
        Action: action,
        Resource: resource,
        Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-23T09:01:00Z' } },
      },
    ],
  });
}
