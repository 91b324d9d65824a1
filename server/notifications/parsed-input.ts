import type { ContractProcedure, InferSchemaOutput } from '@orpc/contract'
import type { notifications } from '#contract/notifications.ts'

/** What an act of this slice is given: the endpoint's input after parsing, defaults filled in. */
export type ParsedInput<Name extends keyof typeof notifications> =
  (typeof notifications)[Name] extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta>
    ? InferSchemaOutput<Input>
    : never
