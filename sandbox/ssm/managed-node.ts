/** What a strike's document does to an instance, with its end. */
export interface Effect {
  readonly document: string;
  readonly strike: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** Epoch ms; its undo and the end of the instance move it forward. */
  readonly endsAt: number;
}

/** A strike that is further ahead than this comes from a wrong clock. */
const maxAheadMs = 3_600_000;

/** How the script of a document ends, as those that ship with the target template do. */
const exits = { done: 0, refused: 4, late: 5 } as const;

/** An instance as SSM manages it: its agent, and what commands have begun there. A scenario may change how the agent is. */
export class ManagedNode {
  ping: 'Online' | 'ConnectionLost' = 'Online';
  /** False: the agent seems to be there, and picks up no command. */
  picksUp = true;
  /** What every command ends with; undefined: with what its document does. */
  exitCode: number | undefined;
  #effects: Effect[] = [];
  /** Neither of them may begin again. A reboot forgets them. */
  readonly #ended = new Set<string>();

  /** All that ever were, in the order of their begin. */
  get effects(): readonly Effect[] {
    return this.#effects;
  }

  effectsAt(now: number): readonly Effect[] {
    return this.#effects.filter(({ startedAt, endsAt }) => startedAt <= now && now < endsAt);
  }

  /** Runs a document at a moment that may be about to come, and returns its exit code. */
  run(document: string, parameters: Readonly<Record<string, string>>, at: number): number {
    if (this.exitCode !== undefined) return this.exitCode;
    const { Strike: strike, Seconds: seconds, NotAfter: notAfter } = parameters;
    if (strike === undefined) return exits.done;
    if (document.endsWith('Undo')) {
      this.#ended.add(strike);
      this.#end(at, (effect) => effect.strike === strike);
      return exits.done;
    }
    const leftMs = Number(notAfter) * 1000 - at;
    if (leftMs < 0 || leftMs > maxAheadMs) return exits.late;
    if (this.effectsAt(at).length > 0 || this.#ended.has(strike)) return exits.refused;
    this.#effects.push({ document, strike, startedAt: at, endsAt: at + Number(seconds) * 1000 });
    return exits.done;
  }

  /** Ends everything that runs: the instance stops, or starts anew. */
  end(now: number): void {
    this.#ended.clear();
    this.#end(now, () => true);
  }

  #end(at: number, which: (effect: Effect) => boolean): void {
    this.#effects = this.#effects.map((effect) =>
      which(effect) && effect.endsAt > at ? { ...effect, endsAt: at } : effect,
    );
  }
}
