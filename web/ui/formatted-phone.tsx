import { later, useLater } from './later.ts'

const format = later(async () => (await import('./phone-format.ts')).phoneFormat)

/** A phone number as people write it abroad (`+34 600 000 142`) from its E.164 form. The table of countries comes later. */
export function FormattedPhone(props: { phone: string; className?: string }) {
  const write = useLater(format)
  return <bdi className={props.className ?? 'num'}>{write ? write(props.phone) : props.phone}</bdi>
}
