import type { WriteStream } from 'node:tty';

/** Where a local run says what it does. */
export interface Screen {
  print(line: string): void;
  /** Shows lines below all that is printed, in place of those that it showed last. Nothing where it is not live. */
  show(lines: readonly string[]): void;
  /** Whether it can show lines that change. */
  readonly isLive: boolean;
}

/** The terminal, or whatever stands in its place: then lines are only printed. */
export function screenOn(stream: NodeJS.WriteStream): Screen {
  return stream.isTTY
    ? new LiveScreen(stream)
    : { print: line => console.log(line), show: () => undefined, isLive: false };
}

const ESCAPE = '\u001b[';

/** A terminal: the lines that are shown are taken away before anything is printed, and written again below it. */
class LiveScreen implements Screen {
  readonly isLive = true;
  readonly #stream: WriteStream;
  #shown: readonly string[] = [];

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  print(line: string): void {
    const shown = this.#shown;
    this.show([]);
    console.log(line);
    this.show(shown);
  }

  show(lines: readonly string[]): void {
    // A line that is broken into two could not be taken away again, nor could one that has left the terminal.
    const fitting = lines
      .slice(0, this.#stream.rows - 1)
      .map(line => line.slice(0, this.#stream.columns - 1));
    const up = this.#shown.length === 0 ? '' : `${ESCAPE}${this.#shown.length}A`;
    this.#stream.write(`${up}${ESCAPE}0J${fitting.map(line => `${line}\n`).join('')}`);
    this.#shown = fitting;
  }
}
