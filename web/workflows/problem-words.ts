import { useLingui } from '@lingui/react/macro'
import type { FieldProblem } from '#contract/errors.ts'

/** What is wrong with a part of a workflow, and what would be right; by the reason, else by the field. */
export function useProblemWords(): (problem: FieldProblem | undefined) => string | undefined {
  const { t } = useLingui()
  return (problem) => {
    if (problem === undefined) return undefined
    const { path, reason } = problem
    switch (reason) {
      case 'missing':
        if (path === '') return t`Nothing stands here yet.`
        if (path.endsWith('filter')) return t`Add a condition.`
        if (path.endsWith('channelId')) return t`Say by which channel.`
        if (path.endsWith('body.name')) return t`Choose a template.`
        if (path.endsWith('add')) return t`Choose a tag.`
        if (path.endsWith('fields')) return t`Choose a field.`
        if (path.endsWith('arms')) return t`Add a way to go.`
        return t`Write something.`
      case 'unknown':
        return t`What is named here no longer exists. Choose another.`
      case 'twice':
        return t`This is here twice.`
      case 'both':
        return t`Put the tag on or take it off, not both.`
      case 'too-long':
        return t`That is too long.`
      case 'too-few':
        return t`Offer two choices or more.`
      case 'unknown-place': {
        const name = /\{\{.*\}\}/.exec(problem.message)?.[0] ?? ''
        return t`Nothing is called ${name}.`
      }
      case 'other-kind':
        return t`This field takes answers of another kind.`
      case 'not-an-option':
        return t`Offer what the list of the field has.`
      case 'address':
        return t`Begin with https:// and a host that is always the same.`
      case 'reserved':
        return t`This header is set by the request itself.`
      case 'letters':
        return t`Write it in one line.`
      case 'secret-needed':
        return t`Type the secret: none is kept for this host.`
      case 'unexpected':
        return t`A GET request carries nothing.`
      case 'json':
        return t`This is not JSON.`
      default:
        if (path.endsWith('as')) return t`Letters, digits and _, a letter first.`
        if (path.includes('url')) return t`Write an address that begins with http:// or https://.`
        if (path.includes('filter')) return t`A condition is not complete.`
        return t`This cannot be kept as it is: ${problem.message}`
    }
  }
}
