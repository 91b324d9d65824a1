/** Raised whenever the rules that make keys change: at the next start every contact's keys are made anew. */
export const keyVersion = 1
