import type { ContractProcedure, InferSchemaOutput } from '@orpc/contract'
import type { activity } from '#contract/activity.ts'
import type { audit } from '#contract/audit.ts'

interface Endpoints {
  readonly activity: typeof activity
  readonly audit: typeof audit
}

/** What an act of this slice is given: the endpoint's input after parsing, defaults filled in. */
export type ParsedInput<Part extends keyof Endpoints, Name extends keyof Endpoints[Part]> =
  Endpoints[Part][Name] extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta>
    ? InferSchemaOutput<Input>
    : never
