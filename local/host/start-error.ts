/** Why the local host refuses to start: the message names what is wrong and, where it can, what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
