import { setTimeout as delay } from 'node:timers/promises';
import type { Queue, ReceivedMessage } from '../shared/queues/queue.ts';

/** Azurite looks through the whole queue to delete one message: a longer one would measure that. */
const BACKLOG_MAX = 64;
const RECEIVE_MAX = 32;
const HIDE_SECONDS = 120;

/** How many requests are under way at once, and against what that is compared. */
export const CONCURRENCY = 16;

/** What is driven: how a callback gets into the queue, and what is done with a message of it. */
export interface Pipeline<Post> {
  readonly queue: Queue;
  receive(post: Post): Promise<void>;
  process(message: ReceivedMessage): Promise<void>;
}

/**
 * Sends callbacks and processes what they put, as ACS and the queue trigger would, until the queue is empty: so many
 * workers do the next thing there is to do, so that the same number of requests is under way all the time. A message
 * is deleted when it is processed.
 */
export async function runClosedLoop<Post>(
  pipeline: Pipeline<Post>,
  posts: readonly Post[],
  concurrency = CONCURRENCY,
): Promise<void> {
  const loop = new ClosedLoop(pipeline, posts);
  await Promise.all(Array.from({ length: concurrency }, () => loop.work()));
}

class ClosedLoop<Post> {
  readonly #pipeline: Pipeline<Post>;
  readonly #posts: readonly Post[];
  readonly #received: ReceivedMessage[] = [];
  #receiving: Promise<void> | undefined;
  #started = 0;
  #deleted = 0;
  #inQueue = 0;
  #onTheWay = 0;

  constructor(pipeline: Pipeline<Post>, posts: readonly Post[]) {
    this.#pipeline = pipeline;
    this.#posts = posts;
  }

  async work(): Promise<void> {
    while (this.#deleted < this.#posts.length) await this.#next();
  }

  #next(): Promise<void> {
    const message = this.#received.shift();
    if (message !== undefined) return this.#process(message);
    if (this.#inQueue >= RECEIVE_MAX && this.#receiving === undefined) return this.#receive();
    const post = this.#posts[this.#started];
    if (post !== undefined && this.#inQueue + this.#onTheWay < BACKLOG_MAX) return this.#post(post);
    if (this.#receiving !== undefined) return this.#receiving;
    return this.#inQueue > 0 && this.#onTheWay === 0 ? this.#receive() : delay(1);
  }

  async #process(message: ReceivedMessage): Promise<void> {
    await this.#pipeline.process(message);
    await this.#pipeline.queue.delete(message);
    this.#deleted += 1;
  }

  async #post(post: Post): Promise<void> {
    this.#started += 1;
    this.#onTheWay += 1;
    await this.#pipeline.receive(post);
    this.#onTheWay -= 1;
    this.#inQueue += 1;
  }

  #receive(): Promise<void> {
    this.#receiving = this.#receiveOnce().finally(() => {
      this.#receiving = undefined;
    });
    return this.#receiving;
  }

  async #receiveOnce(): Promise<void> {
    const messages = await this.#pipeline.queue.receive(RECEIVE_MAX, HIDE_SECONDS);
    this.#inQueue -= messages.length;
    this.#received.push(...messages);
  }
}
