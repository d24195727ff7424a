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
export interface Exit {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function done(output = ''): Exit {
  return { code: 0, output, errors: '' };
}

function refused(code: number, why: string): Exit {
  return { code, output: '', errors: `chaos: refused: ${why}\n` };
}

/** An instance as SSM manages it: its agent, and what commands have begun there. A scenario may change how the agent is. */
export class ManagedNode {
  ping: 'Online' | 'ConnectionLost' = 'Online';
  /** False: the agent seems to be there, and picks up no command. */
  picksUp = true;
  /** On another platform than Linux no document of ours does anything, and its command succeeds. */
  platform: 'Linux' | 'Windows' = 'Linux';
  agentVersion = '3.3.3050.0';
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

  /** Runs a document at a moment that may be about to come. */
  run(document: string, parameters: Readonly<Record<string, string>>, at: number): Exit {
    if (this.exitCode !== undefined) return { ...done(), code: this.exitCode };
    const { Strike: strike, Seconds: seconds, NotAfter: notAfter } = parameters;
    if (strike === undefined || this.platform !== 'Linux') return done();
    if (document.endsWith('Undo')) {
      this.#ended.add(strike);
      this.#end(at, (effect) => effect.strike === strike);
      return done(`chaos: undone ${strike}\n`);
    }
    const leftMs = Number(notAfter) * 1000 - at;
    if (leftMs < 0) return refused(5, 'NotAfter has passed');
    if (leftMs > maxAheadMs) return refused(5, 'NotAfter is ahead: the clock of this instance is wrong');
    const [active] = this.effectsAt(at);
    if (active !== undefined) return refused(4, `strike ${active.strike} is active`);
    if (this.#ended.has(strike)) return refused(4, `strike ${strike} has ended`);
    this.#effects.push({ document, strike, startedAt: at, endsAt: at + Number(seconds) * 1000 });
    return done(`chaos: begun ${strike} for ${seconds} s: as asked\n`);
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
