/**
 * A start that cannot go on, told to whoever runs the server in a sentence that says what to do. The entry points print
 * the message alone, without a stack, and leave with status 1.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
