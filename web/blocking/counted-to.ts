/** Counts of the server end here, and say so. */
export const countedTo = 1000
