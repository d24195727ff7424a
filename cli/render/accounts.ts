import type { AccountId } from '#core/model/aws-names.ts';

export function accountsText(own: string, master: AccountId): string {
  return `Your credentials are for account ${own}, but the configuration names ${master} as the master account.`;
}
