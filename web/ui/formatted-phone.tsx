/** A phone number that keeps its order wherever text runs from the right: `formatted` for reading, else as stored. */
export function FormattedPhone(props: { phone: string; formatted?: string | null | undefined; className?: string }) {
  return <bdi className={props.className ?? 'num'}>{props.formatted ?? props.phone}</bdi>
}
