import { JsonSchemaCoercer, type JsonSchema } from '@orpc/json-schema'
import type { AnySchema, Meta } from '@orpc/contract'
import type { ProcedureClientInterceptorOptions } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { RequestContext } from './endpoint.ts'

type Call = ProcedureClientInterceptorOptions<RequestContext, object, Meta>

const converter = new ZodToJsonSchemaConverter()
const coercer = new JsonSchemaCoercer()
const known = new WeakMap<AnySchema, Readonly<Record<string, JsonSchema>>>()

/**
 * Reads numbers and flags out of what can only be text: the query of a GET and the parts of a path. A JSON body says
 * itself what it means: nothing in it is taken for anything else.
 */
export function readText({
  next,
  ...call
}: Call & { readonly next: (changed?: Call) => Promise<unknown> }): Promise<unknown> {
  const { context, input, procedure } = call
  const { inputSchema, route } = procedure['~orpc']
  if (inputSchema === undefined || input === null || typeof input !== 'object' || Array.isArray(input)) return next()
  const properties = propertiesOf(inputSchema)
  const asText =
    context.request.method === 'GET'
      ? Object.keys(input)
      : [...(route.path ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const read: Record<string, unknown> = { ...input }
  for (const name of asText) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (schema !== undefined && Object.hasOwn(read, name)) read[name] = coercer.coerce(schema, read[name])
  }
  return next({ ...call, input: read })
}

function propertiesOf(schema: AnySchema): Readonly<Record<string, JsonSchema>> {
  const found = known.get(schema)
  if (found !== undefined) return found
  const [, json] = converter.convert(schema, { strategy: 'input' })
  const properties = (typeof json === 'object' ? json.properties : undefined) ?? {}
  known.set(schema, properties)
  return properties
}
