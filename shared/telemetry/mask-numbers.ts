/** A telephone number, or as much of one as should not be in a log. */
const NUMBER = /\+\d{5,15}/g;

/** The text with telephone numbers cut to their last two digits. */
export function maskNumbers(text: string): string {
  return text.replaceAll(NUMBER, number => `+…${number.slice(-2)}`);
}
