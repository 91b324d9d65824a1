import type { ContractProcedure, InferSchemaOutput } from '@orpc/contract'
import type { optOuts } from '#contract/opt-outs.ts'

/** What an act of this slice is given: the endpoint's input after parsing, defaults filled in. */
export type ParsedInput<Name extends keyof typeof optOuts> =
  (typeof optOuts)[Name] extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta>
    ? InferSchemaOutput<Input>
    : never
