/** What a fault acts with: SDK clients in the target's account and region, under a session that can reach nothing else. */
export interface Injector {
  client<Client extends SdkClient>(service: SdkClientClass<Client>): Client;
}

/** The part that all SDK clients have in common, as far as we touch it. */
export interface SdkClient {
  readonly middlewareStack: { use(plugin: { applyToStack: (stack: never) => void }): void };
}

export type SdkClientClass<Client extends SdkClient> = new (configuration: { region: string }) => Client;
