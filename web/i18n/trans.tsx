import { Trans as LinguiTrans, type TransProps } from '@lingui/react'

/**
 * What every sentence with marked-up parts is shown by (lingui.config.ts names it). Lingui puts the values into the
 * sentence first and looks for its own tags after that, so that a name like `</0>` or `<b>` would be taken for one: words
 * that could be a tag are therefore handed over as something already made.
 */
export function Trans({ values, ...rest }: TransProps) {
  if (values === undefined) return <LinguiTrans {...rest} />
  const asMade = Object.entries(values).map(([name, value]): [string, unknown] => [
    name,
    typeof value === 'string' && value.includes('<') ? <>{value}</> : value,
  ])
  return <LinguiTrans {...rest} values={Object.fromEntries(asMade)} />
}
