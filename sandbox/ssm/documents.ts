import type { Tags } from '#core/model/group.ts';
import { arnIn, type Place } from '../state/place.ts';

/** A command document as a scenario describes it. */
export interface DocumentSeed {
  readonly name: string;
  readonly content: DocumentContent;
  readonly tags?: Tags;
}

/** Source: Systems Manager User Guide, "Data elements and parameters". */
export interface DocumentContent {
  readonly schemaVersion: '2.2';
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, DocumentParameter>>;
  readonly mainSteps: readonly object[];
}

interface DocumentParameter {
  readonly type: 'String';
  readonly description?: string;
  readonly default?: string;
  readonly allowedPattern?: string;
  readonly interpolationType?: 'ENV_VAR';
}

export interface Document extends Required<DocumentSeed> {
  readonly arn: string;
}

/** The command documents of an account in a region. */
export class Documents {
  readonly #place: Place;
  readonly #byName = new Map<string, Document>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): readonly Document[] {
    return [...this.#byName.values()];
  }

  get(name: string): Document | undefined {
    return this.#byName.get(name);
  }

  add({ name, content, tags = {} }: DocumentSeed): Document {
    const document = { name, content, tags, arn: this.arnOf(name) };
    this.#byName.set(name, document);
    return document;
  }

  delete(name: string): void {
    this.#byName.delete(name);
  }

  arnOf(name: string): string {
    return arnIn(this.#place, 'ssm', `document/${name}`);
  }
}
