/** The token stands behind the #: it reaches no log of a server or proxy on the way, and no Referer. */
export const resetLink = (ownAddress: string, token: string): string => `${ownAddress}/reset#${token}`
