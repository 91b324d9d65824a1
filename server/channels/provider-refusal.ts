/** A provider's answer that is a refusal, in the codes the web has sentences for, with the provider's own words. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal'
  readonly code: string
  readonly detail: string | null
  readonly lineBroken: boolean
  /** Worth another try later. */
  readonly passing: boolean

  constructor(refusal: { code: string; detail: string | null; lineBroken?: boolean; passing?: boolean }) {
    super(refusal.detail === null ? refusal.code : `${refusal.code}: ${refusal.detail}`)
    this.code = refusal.code
    this.detail = refusal.detail
    this.lineBroken = refusal.lineBroken ?? false
    this.passing = refusal.passing ?? false
  }
}
