import { type CalleeScript, pickSeconds, type Step } from './callee-book.ts';
import { Timers } from './clock.ts';
import type { Conversation, Person } from './conversation.ts';
import type { Happening } from './happening.ts';
import { type Identity, numberOrRawId } from './identity.ts';
import type { World } from './world.ts';

const SECONDS_BETWEEN_KEYS = 0.3;

/** Somebody on a conversation who does what a script says. */
export interface CalleeOptions {
  readonly world: World;
  readonly conversation: Conversation;
  readonly identity: Identity;
  readonly steps: readonly Step[];
  /** Names this callee's random stream. */
  readonly label: string;
  /** Writes down what they do, as part of a call. */
  note(happening: Pick<Happening, 'kind' | 'who' | 'detail'>): void;
}

/** Somebody on a conversation: acts by script, and by hand. */
export class Callee implements Person {
  readonly #options: CalleeOptions;
  readonly #timers: Timers;
  readonly #random: () => number;
  #conversation: Conversation;
  #participantId = '';
  #prompts = 0;
  #tones = 0;

  constructor(options: CalleeOptions) {
    this.#options = options;
    this.#conversation = options.conversation;
    this.#timers = new Timers(options.world.clock);
    this.#random = options.world.streams.stream(`callee|${options.label}`);
  }

  /** Comes to the conversation, and begins with the script. */
  join(): void {
    this.#note('joined');
    this.#participantId = this.#conversation.join(this.#options.identity, this);
    this.#follow('connected', 1);
  }

  moveTo(conversation: Conversation): void {
    this.#note('moved');
    this.#conversation = conversation;
    this.#participantId = conversation.join(this.#options.identity, this);
  }

  hearPrompt(): void {
    this.#prompts += 1;
    this.#follow('prompt', this.#prompts);
  }

  dismiss(): void {
    this.#timers.end();
    this.#note('left');
  }

  press(keys: string): void {
    for (const [index, key] of [...keys].entries()) {
      if (index === 0) this.#pressOne(key);
      else this.#timers.afterSeconds(index * SECONDS_BETWEEN_KEYS, () => this.#pressOne(key));
    }
  }

  say(text: string): void {
    this.#note('speech', text);
    this.#conversation.say(text, this.#options.identity);
  }

  hangUp(): void {
    this.#conversation.leave(this.#participantId);
  }

  setMuted(isMuted: boolean): void {
    this.#note(isMuted ? 'muted' : 'unmuted');
    this.#conversation.setMuted(this.#participantId, isMuted);
  }

  #pressOne(key: string): void {
    this.#note('tone', key);
    this.#conversation.press(key, this.#options.identity);
    this.#tones += 1;
    this.#follow('tone', this.#tones);
  }

  #follow(on: Step['on'], nth: number): void {
    for (const step of this.#options.steps) {
      if (step.on !== on || (step.nth ?? nth) !== nth) continue;
      this.#timers.afterSeconds(pickSeconds(step.afterSeconds, this.#random), () => this.#perform(step));
    }
  }

  #perform({ press, say, do: deed }: Step): void {
    if (press !== undefined) this.press(press);
    else if (say !== undefined) this.say(say);
    else if (deed === 'hangUp') this.hangUp();
    else this.setMuted(deed === 'mute');
  }

  #note(kind: Happening['kind'], detail?: string): void {
    this.#options.note({ kind, who: numberOrRawId(this.#options.identity), detail });
  }
}

/** What somebody with this script does once they are on the line. */
export function stepsOf(script: CalleeScript): readonly Step[] {
  if (script.pickUp === 'answer') return script.steps;
  if (script.pickUp !== 'voicemail') return [];
  return [{ on: 'connected', afterSeconds: script.recordsForSeconds, do: 'hangUp' }];
}
