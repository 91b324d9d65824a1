import { refuse } from '../http/fail.ts'
import { cleanTagName, tagNameKey } from '../tags/tag-name.ts'

/** A name as it is kept and compared; refused where nothing of it can be seen. */
export function readWorkflowName(typed: string): { name: string; name_key: string } {
  const name_key = tagNameKey(typed)
  if (name_key === '') return refuse('name', 'blank', 'Give the workflow a name that can be seen.')
  return { name: cleanTagName(typed), name_key }
}
