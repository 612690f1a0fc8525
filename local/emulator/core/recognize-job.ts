import { Timers } from './clock.ts';
import type { Happening } from './happening.ts';
import type { Identity } from './identity.ts';
import type { HeardInput, Outcome } from './leg-event.ts';
import type { MediaJob } from './media-job.ts';
import { OUTCOMES } from './outcomes.ts';
import type { JobSite } from './play-job.ts';
import { describePrompts, measurePrompts, type PromptLength, type PromptSource } from './prompt-source.ts';

/** One of several answers that somebody may give. */
export interface Choice {
  readonly label: string;
  readonly phrases: readonly string[];
  readonly key: string | undefined;
}

/** Somebody is asked, and to press or say something. */
export interface RecognizeRequest {
  readonly prompts: readonly PromptSource[];
  readonly target: Identity;
  /** Whether a key or a word ends the prompt; else what comes before its end is not heard. */
  readonly interruptPrompt: boolean;
  /** Ends what plays and waits, in place of waiting for it. */
  readonly interrupts: boolean;
  /** How long somebody may wait before they begin. */
  readonly initialSilenceSeconds: number;
  /** Undefined where keys mean nothing, other than as choices. */
  readonly tones:
    | {
        readonly interToneSeconds: number;
        /** So many are enough; undefined is never. */
        readonly most: number | undefined;
        readonly stopKeys: readonly string[];
      }
    | undefined;
  /** Empty where there is no choice to make. */
  readonly choices: readonly Choice[];
  /** Undefined where words mean nothing, other than as choices. */
  readonly speech: { readonly endSilenceSeconds: number } | undefined;
  readonly operationContext: string | null;
  readonly callbackUri: string | undefined;
}

/** One request to recognize: a prompt, and what is pressed or said in answer. */
export class RecognizeJob implements MediaJob {
  readonly kind = 'recognize';
  readonly #site: JobSite;
  readonly #request: RecognizeRequest;
  #state: 'waiting' | 'prompting' | 'listening' | 'over' = 'waiting';
  #timers: Timers;
  #ended: () => void = () => undefined;
  #keys: string[] = [];
  #words: string[] = [];

  constructor(site: JobSite, request: RecognizeRequest) {
    this.#site = site;
    this.#request = request;
    this.#timers = new Timers(site.world.clock);
    this.#note('recognize', describePrompts(request.prompts));
  }

  begin(ended: () => void): void {
    this.#ended = ended;
    measurePrompts(this.#site.world, this.#request.prompts, length => {
      if (this.#state === 'waiting') this.#prompt(length);
    });
  }

  cancel(): void {
    this.#end('cancelled', { outcome: OUTCOMES.cancelled });
  }

  toneHeard(key: string, by: Identity): void {
    if (!this.#takes(by)) return;
    const { tones, choices } = this.#request;
    if (choices.length > 0) this.#chooseByKey(key);
    else if (tones !== undefined) this.#collect(key, tones);
  }

  speechHeard(text: string, by: Identity): void {
    if (!this.#takes(by)) return;
    const { speech, choices } = this.#request;
    if (choices.length > 0) this.#chooseByPhrase(text);
    else if (speech !== undefined && this.#keys.length === 0) {
      this.#words.push(text);
      this.#afterSeconds(speech.endSilenceSeconds, () => {
        this.#complete({ kind: 'speech', text: this.#words.join(' ') }, OUTCOMES.spoken);
      });
    }
  }

  #prompt(length: PromptLength): void {
    if (!length.ok) {
      this.#fail(OUTCOMES.promptFailed, length.index);
      return;
    }
    if (this.#request.prompts.length === 0) {
      this.#listen();
      return;
    }
    this.#state = 'prompting';
    this.#afterSeconds(length.seconds, () => this.#listen());
    this.#site.hear([this.#request.target]);
  }

  #listen(): void {
    this.#state = 'listening';
    this.#afterSeconds(this.#request.initialSilenceSeconds, () => this.#fail(OUTCOMES.initialSilence));
  }

  /** Whether what comes from somebody is heard, which ends the prompt. */
  #takes(by: Identity): boolean {
    const { target, interruptPrompt } = this.#request;
    if (by.rawId !== target.rawId) return false;
    if (this.#state === 'prompting' && interruptPrompt) this.#state = 'listening';
    return this.#state === 'listening';
  }

  #chooseByKey(key: string): void {
    const choice = this.#request.choices.find(candidate => candidate.key === key);
    if (choice === undefined) this.#fail(OUTCOMES.wrongTone);
    else this.#complete({ kind: 'choice', label: choice.label, phrase: undefined }, OUTCOMES.toneChosen);
  }

  #chooseByPhrase(text: string): void {
    for (const { label, phrases } of this.#request.choices) {
      const phrase = phrases.find(candidate => plain(candidate) === plain(text));
      if (phrase === undefined) continue;
      this.#complete({ kind: 'choice', label, phrase }, OUTCOMES.phraseChosen);
      return;
    }
    this.#fail(OUTCOMES.noChoice);
  }

  #collect(key: string, { interToneSeconds, most, stopKeys }: NonNullable<RecognizeRequest['tones']>): void {
    if (stopKeys.includes(key)) {
      this.#complete({ kind: 'tones', keys: this.#keys }, OUTCOMES.stopTone);
      return;
    }
    this.#keys.push(key);
    if (most !== undefined && this.#keys.length >= most) {
      this.#complete({ kind: 'tones', keys: this.#keys }, OUTCOMES.mostTones);
      return;
    }
    this.#afterSeconds(interToneSeconds, () => this.#fail(OUTCOMES.interToneSilence));
  }

  /** In place of what was awaited before. */
  #afterSeconds(seconds: number, then: () => void): void {
    this.#timers.end();
    this.#timers = new Timers(this.#site.world.clock);
    this.#timers.afterSeconds(seconds, then);
  }

  #complete(input: HeardInput, outcome: Outcome): void {
    this.#end('completed', { outcome, input });
    this.#ended();
  }

  #fail(outcome: Outcome, failedIndex?: number): void {
    this.#end('failed', { outcome, ...(failedIndex === undefined ? {} : { failedIndex }) });
    this.#ended();
  }

  #end(
    status: keyof typeof END_HAPPENINGS,
    how: { readonly outcome: Outcome; readonly input?: HeardInput; readonly failedIndex?: number },
  ): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#timers.end();
    this.#note(END_HAPPENINGS[status], how.outcome.message);
    const { operationContext, callbackUri } = this.#request;
    this.#site.source.tell({ type: 'recognize', operationContext, status, ...how }, callbackUri);
  }

  #note(kind: Happening['kind'], detail: string): void {
    const { world, source } = this.#site;
    const { operationContext } = this.#request;
    world.note({ kind, callId: source.leg.id, callbackUri: source.callbackUri, operationContext, detail });
  }
}

const END_HAPPENINGS = {
  completed: 'recognizeCompleted',
  cancelled: 'recognizeCancelled',
  failed: 'recognizeFailed',
} as const;

/** As speech recognition compares: neither case nor punctuation counts. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .trim();
}
