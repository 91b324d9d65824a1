/** What an error of a provider's means for us. */
export interface ProviderError {
  /** One of the codes the web has a sentence for. */
  readonly code: string
  /** The provider's own words. */
  readonly detail: string | null
  /** It passes by itself. */
  readonly passing: boolean
  /** The line is at fault, not this message. */
  readonly lineBroken: boolean
  readonly afterSeconds?: number
  /** See `Attempt`. */
  readonly contactOnly?: boolean
}

/** What one of a provider's numbers stands for. */
export type Meaning = Pick<ProviderError, 'code'> &
  Partial<Pick<ProviderError, 'passing' | 'lineBroken' | 'afterSeconds' | 'contactOnly'>>

export const busy: Meaning = { code: 'rate-limited', passing: true, afterSeconds: 5 }
export const down: Meaning = { code: 'provider-unavailable', passing: true }
