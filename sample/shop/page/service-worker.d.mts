export function networkFirst(
  request: string,
  network: {
    readonly fetch: typeof globalThis.fetch;
    readonly cache: {
      match(request: string): Promise<Response | undefined>;
      put(request: string, response: Response): Promise<void>;
    };
  },
): Promise<Response>;
